// What a server says of its version, and what a dialect makes of it.
#include <gtest/gtest.h>

#include "aludel/base/error.hpp"
#include "aludel/dialects/dialects.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "aludel/types/sql_type.hpp"
#include "dialects/server_version.hpp"

namespace aludel::dialects {
namespace {

struct Case {
    const char* text;
    const char* version;
    const char* flavour;
};

TEST(ServerVersion, is_read_from_whatever_servers_say) {
    constexpr Case cases[] = {
        {"15.14 (Debian 15.14-0+deb12u1)", "15.14.0", ""},
        {"PostgreSQL 15.14 on x86_64-pc-linux-gnu, compiled by gcc", "15.14.0", ""},
        {"9.6.24", "9.6.24", ""},
        {"17beta1", "17.0.0", ""},
        {"10.11.14-MariaDB-0+deb12u2", "10.11.14", "mariadb"},
        {"5.5.5-10.11.14-MariaDB-log", "10.11.14", "mariadb"},
        {"8.0.35-27.1", "8.0.35", ""},
        {"8.0.11-TiDB-v7.5.0", "8.0.11", "tidb"},
        {"CockroachDB CCL v23.1.11 (x86_64-pc-linux-gnu, built 2023/09/27)", "23.1.11", "cockroachdb"},
        {"PostgreSQL 11.2-YB-2.18.0.0-b0 on x86_64", "11.2.0", "yugabytedb"},
        {"3.40.1", "3.40.1", ""},
    };
    for (const auto& item : cases) {
        const auto version = parse_server_version(item.text);
        EXPECT_TRUE(version.known()) << item.text;
        EXPECT_EQ(version.text(), item.version) << item.text;
        EXPECT_EQ(version.flavour, item.flavour) << item.text;
    }
    EXPECT_FALSE(parse_server_version("").known());
    EXPECT_FALSE(parse_server_version("a server").known());
    EXPECT_EQ(parse_server_version("99999999999999999999.1").text(), "0.0.0");
}

TEST(ServerVersion, at_least_compares_part_by_part) {
    const auto version = parse_server_version("10.5.3");
    EXPECT_TRUE(version.at_least(10, 5, 3));
    EXPECT_TRUE(version.at_least(9, 9, 9));
    EXPECT_FALSE(version.at_least(10, 5, 4));
    EXPECT_FALSE(version.at_least(10, 6));
}

TEST(ServerDialect, lives_for_ever_and_is_shared) {
    EXPECT_EQ(&mysql().for_server("10.11.14-MariaDB"), &mysql().for_server("10.11.2-MariaDB"));
    EXPECT_EQ(&mysql().for_server("10.11.14-MariaDB"), &mariadb());
    EXPECT_NE(&mysql().for_server("10.11.14-MariaDB"), &mysql().for_server("8.0.35"));
    EXPECT_EQ(&mysql().for_server("no number"), &mysql());
    EXPECT_EQ(&sqlite().for_server("3.40.1"), &sqlite());
    EXPECT_EQ(mariadb().name(), "mysql");
    EXPECT_TRUE(mariadb().is_called("mariadb"));
}

TEST(ServerDialect, mariadb_has_what_mysql_has_not) {
    const auto& traits = mariadb().traits();
    EXPECT_TRUE(traits.insert_returning);
    EXPECT_TRUE(traits.delete_returning);
    EXPECT_FALSE(traits.update_returning);
    EXPECT_TRUE(traits.skip_locked);
    EXPECT_FALSE(traits.lock_of);
    EXPECT_FALSE(traits.regexp_functions);
    EXPECT_EQ(traits.ddl.sequences, SequenceForm::name);
    EXPECT_EQ(mariadb().cast_type_name({.kind = TypeKind::json}), "");
    const auto& old = mysql().for_server("10.2.44-MariaDB").traits();
    EXPECT_FALSE(old.insert_returning);
    EXPECT_TRUE(old.delete_returning);
    EXPECT_FALSE(old.skip_locked);
    EXPECT_EQ(old.ddl.sequences, SequenceForm::none);
}

TEST(ServerDialect, mysql_grows_with_its_versions) {
    const auto& five = mysql().for_server("5.7.44").traits();
    EXPECT_FALSE(five.enforces_checks);
    EXPECT_FALSE(five.window_functions);
    EXPECT_FALSE(five.skip_locked);
    EXPECT_FALSE(five.lock_of);
    const auto& eight = mysql().for_server("8.0.35");
    EXPECT_TRUE(eight.traits().enforces_checks);
    EXPECT_TRUE(eight.traits().lock_of);
    EXPECT_TRUE(eight.traits().skip_locked);
    EXPECT_FALSE(eight.traits().insert_returning);
    EXPECT_EQ(eight.cast_type_name({.kind = TypeKind::double_}), "DOUBLE");
    EXPECT_EQ(mysql().for_server("8.0.16").cast_type_name({.kind = TypeKind::double_}), "");
    EXPECT_FALSE(mysql().for_server("8.0.15").traits().enforces_checks);
    EXPECT_EQ(mysql().for_server("8.0.11-TiDB-v7.5.0").traits().flavour, "tidb");
}

TEST(ServerDialect, what_speaks_postgresqls_protocol_is_welcome) {
    EXPECT_TRUE(postgresql().for_server("15.14").traits().ddl.identity_columns);
    EXPECT_FALSE(postgresql().for_server("9.6.24").traits().ddl.identity_columns);
    const auto& cockroach = postgresql().for_server("CockroachDB CCL v23.1.11 (x86_64)");
    EXPECT_EQ(cockroach.traits().flavour, "cockroachdb");
    EXPECT_FALSE(cockroach.traits().two_phase);
    EXPECT_TRUE(cockroach.is_called("cockroachdb"));
    EXPECT_TRUE(cockroach.is_called("postgresql"));
    EXPECT_EQ(postgresql().for_server("11.2-YB-2.18.0.0-b0").traits().flavour, "yugabytedb");
}

TEST(ServerDialect, sqlite_before_its_features) {
    EXPECT_FALSE(sqlite().for_server("3.34.1").traits().insert_returning);
    EXPECT_TRUE(sqlite().for_server("3.34.1").traits().on_conflict);
    EXPECT_FALSE(sqlite().for_server("3.23.0").traits().on_conflict);
    EXPECT_EQ(sqlite().for_server("3.32.0").traits().multi_table_form, MultiTableForm::none);
}

TEST(ServerDialect, too_old_servers_are_refused_in_words) {
    const struct {
        const Dialect& dialect;
        const char* version;
        const char* says;
    } cases[] = {
        {postgresql(), "9.4.26", "The server is PostgreSQL 9.4.26; aludel speaks to PostgreSQL 9.5 and later"},
        {mysql(), "5.6.51", "The server is MySQL 5.6.51; aludel speaks to MySQL 5.7 and later"},
        {mysql(), "10.1.48-MariaDB", "The server is MariaDB 10.1.48; aludel speaks to MariaDB 10.2 and later"},
        {sqlite(), "3.7.17", "The server is SQLite 3.7.17; aludel speaks to SQLite 3.15 and later"},
    };
    for (const auto& item : cases) try {
            (void)item.dialect.for_server(item.version);
            ADD_FAILURE() << item.version;
        } catch (const NotSupportedError& error) {
            EXPECT_NE(error.message().find(item.says), std::string::npos) << error.message();
        }
}

}  // namespace
}  // namespace aludel::dialects
