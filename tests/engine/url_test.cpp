#include <aludel/base/error.hpp>
#include <aludel/engine/url.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace aludel {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Url, mysql_with_python_driver_is_split_into_its_parts) {  // S0-004
    const URL url = make_url("mysql+pymysql://username:password@localhost/db_name");
    EXPECT_EQ(url.backend(), "mysql");
    EXPECT_EQ(url.driver(), "pymysql");
    EXPECT_EQ(url.drivername(), "mysql+pymysql");
    EXPECT_EQ(url.username(), "username");
    EXPECT_EQ(url.password(), "password");
    EXPECT_EQ(url.host(), "localhost");
    EXPECT_EQ(url.port(), 0);
    EXPECT_EQ(url.database(), "db_name");
    EXPECT_TRUE(url.query().empty());
}

TEST(Url, printing_masks_the_password) {  // S0-004
    const URL url = make_url("mysql+pymysql://username:password@localhost/db_name");
    EXPECT_EQ(url.str(), "mysql+pymysql://username:***@localhost/db_name");
    EXPECT_EQ(url.str_with_password(), "mysql+pymysql://username:password@localhost/db_name");
}

TEST(Url, three_slashes_are_relative_and_four_absolute) {  // S0-001, S0-002
    EXPECT_EQ(make_url("sqlite:///test.db").database(), "test.db");
    EXPECT_EQ(make_url("sqlite:///data/test.db").database(), "data/test.db");
    EXPECT_EQ(make_url("sqlite:////tmp/test.db").database(), "/tmp/test.db");
    EXPECT_EQ(make_url("sqlite:///:memory:").database(), ":memory:");
    EXPECT_EQ(make_url("sqlite://").database(), "");
    EXPECT_EQ(make_url("sqlite:///").database(), "");
}

TEST(Url, percent_escapes_are_decoded_in_every_part) {
    const URL url = make_url("postgresql://us%3Aer:p%40ss%2Fw%25rd@h.example:5433/my%20db?a%26b=c%3Dd&e=f+g");
    EXPECT_EQ(url.username(), "us:er");
    EXPECT_EQ(url.password(), "p@ss/w%rd");
    EXPECT_EQ(url.host(), "h.example");
    EXPECT_EQ(url.port(), 5433);
    EXPECT_EQ(url.database(), "my db");
    ASSERT_EQ(url.query().size(), 2u);
    EXPECT_EQ(*url.find_option("a&b"), "c=d");
    EXPECT_EQ(*url.find_option("e"), "f g");
    EXPECT_EQ(url.find_option("x"), nullptr);
}

TEST(Url, spaces_and_letters_outside_of_ascii_may_stand_as_they_are) {
    EXPECT_EQ(make_url("sqlite:////tmp/my data/数据库.db").database(), "/tmp/my data/数据库.db");
    EXPECT_EQ(make_url("sqlite:///C:\\data\\x.db").database(), "C:\\data\\x.db");
}

TEST(Url, ipv6_host_stands_in_brackets) {
    const URL url = make_url("postgresql+psycopg2://scott:tiger@[2001:db8::1]:5432/test");
    EXPECT_EQ(url.host(), "2001:db8::1");
    EXPECT_EQ(url.port(), 5432);
    EXPECT_EQ(url.str(), "postgresql+psycopg2://scott:***@[2001:db8::1]:5432/test");
}

TEST(Url, driver_names_with_underscores_are_accepted) {
    EXPECT_EQ(make_url("oracle+cx_oracle://u@h/d").driver(), "cx_oracle");
}

TEST(Url, text_with_password_reads_back_as_the_same_url) {
    for (const char* text : {"sqlite://", "sqlite:///a.db", "sqlite:////tmp/a b.db?mode=ro&timeout=3", "mysql://u@h/d",
                             "postgresql://u:p%40%3A%2F%3F%23@[::1]:1/d%20e%25?x=%26%3D", "mysql+mysqldb://u:p@h:3306",
                             "sqlite:////tmp/%C3%A4%23.db"}) {
        const URL url = make_url(text);
        EXPECT_EQ(make_url(url.str_with_password()), url) << text;
    }
}

TEST(Url, parts_need_no_encoding) {
    const URL url = URL::create(
        {.drivername = "postgresql", .username = "me", .password = "p@ss word/", .host = "h", .database = "d?b"});
    EXPECT_EQ(url.str(), "postgresql://me:***@h/d%3Fb");
    EXPECT_EQ(make_url(url.str_with_password()), url);
}

struct BadUrl {
    const char* text;
    const char* says;
};

class UrlRejects : public ::testing::TestWithParam<BadUrl> {};

TEST_P(UrlRejects, with_a_message_that_names_the_fault) {
    try {
        make_url(GetParam().text);
        FAIL() << "accepted: " << GetParam().text;
    } catch (const ArgumentError& error) {
        EXPECT_THAT(error.message(), HasSubstr(GetParam().says));
        EXPECT_THAT(error.message(), Not(HasSubstr("s3cret")));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Url, UrlRejects,
    ::testing::Values(
        BadUrl{"", "it is empty"}, BadUrl{"sqlite", "no '://'"}, BadUrl{"sqlite:/x.db", "no '://'"},
        BadUrl{"://host/db", "names no database"}, BadUrl{"+psycopg2://h/d", "no database before the '+'"},
        BadUrl{"postgresql+://h/d", "no driver after the '+'"}, BadUrl{"post gres://h/d", "not the name of a database"},
        BadUrl{"a+b+c://h/d", "not the name of a database"}, BadUrl{"mysql://u:s3cret@h:port/d", "is no port"},
        BadUrl{"mysql://u:s3cret@h:99999/d", "out of range"}, BadUrl{"mysql://u:s3cret@h:0/d", "out of range"},
        BadUrl{"mysql://u:s3cr@s3cret@h/d", "more than one '@'"}, BadUrl{"mysql://u:s3cret/x@h/d", "no port"},
        BadUrl{"mysql://u:s3cret@h/d%zz", "two hexadecimal digits"},
        BadUrl{"mysql://u:s3cret@h/d%2", "two hexadecimal digits"}, BadUrl{"mysql://u:s3#cret@h/d", "%23"},
        BadUrl{"postgresql://[::1/d", "no closing ']'"}, BadUrl{"postgresql://[xyz]/d", "not an IPv6 address"},
        BadUrl{"postgresql://::1:5432/d", "IPv6 address stands in brackets"},
        BadUrl{"sqlite:///x.db?timeout", "has no value"}, BadUrl{"sqlite:///x.db?=3", "has no name"},
        BadUrl{"sqlite:///a\nb", "control character"}, BadUrl{"sqlite:///a%00b", "NUL"}));

}  // namespace
}  // namespace aludel
