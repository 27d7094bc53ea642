// What a connection is, and what its URL may say.
#include "mysql/driver_fixture.hpp"
#include "support/stalling_proxy.hpp"

#include <aludel/base/error.hpp>

#include <gmock/gmock.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace aludel {
namespace {

using test::ValueRow;
using ::testing::HasSubstr;
using ::testing::Not;

// -- URLs, without a server

class MysqlUrl : public ::testing::Test {
  protected:
    MysqlUrl() { driver::register_mysql(); }
    static void validate(const std::string& url) {
        const URL parsed = make_url(url);
        driver::find_driver(parsed.backend())->validate(parsed, {});
    }
    static std::string refusal(const std::string& url) {
        try {
            validate(url);
        } catch (const Error& error) {
            return error.message();
        }
        ADD_FAILURE() << url << " was accepted";
        return {};
    }
};

TEST_F(MysqlUrl, names_of_pythons_drivers_are_accepted) {
    for (const auto* name : {"mysql", "mariadb", "mysql+mysqldb", "mysql+pymysql", "mysql+mysqlconnector",
                             "mariadb+mariadbconnector", "mariadb+pymysql", "mysql+asyncmy"})
        EXPECT_NO_THROW(validate(std::string{name} + "://u:p@h:3306/d")) << name;
    EXPECT_THAT(refusal("mysql+pyodbc://h/d"), HasSubstr("mysql has no driver 'pyodbc'"));
}

TEST_F(MysqlUrl, options_of_pythons_drivers_are_accepted) {
    EXPECT_NO_THROW(validate("mysql://h/d?charset=utf8mb4&use_unicode=1&binary_prefix=true&local_infile=0"));
    EXPECT_NO_THROW(
        validate("mysql://h/d?ssl_ca=/a&ssl_cert=/b&ssl_key=/c&ssl_check_hostname=false&ssl_verify_cert=true"));
    EXPECT_NO_THROW(validate("mysql://h/d?connect_timeout=2.5&read_timeout=30&write_timeout=30&compress=1"));
    EXPECT_NO_THROW(validate("mysql:///d?unix_socket=/run/mysqld/mysqld.sock&init_command=SET%20@a=1"));
    EXPECT_NO_THROW(validate("mysql://h/d?ssl_mode=REQUIRED&tls_version=TLSv1.3&application_name=a"));
}

TEST_F(MysqlUrl, unknown_option_names_the_known_ones) {
    const std::string message = refusal("mysql://h/d?charst=utf8");
    EXPECT_THAT(message, HasSubstr("unknown option 'charst'"));
    EXPECT_THAT(message, HasSubstr("charset, compress, connect_timeout"));
    EXPECT_THAT(refusal("mysql://h/d?compress=1&compress=0"), HasSubstr("'compress' more than once"));
}

TEST_F(MysqlUrl, values_that_make_no_sense_are_refused) {
    EXPECT_THAT(refusal("mysql://h/d?charset=latin1"), HasSubstr("must be utf8mb4"));
    EXPECT_THAT(refusal("mysql://h/d?use_unicode=0"), HasSubstr("text is UTF-8"));
    EXPECT_THAT(refusal("mysql://h/d?local_infile=1"), HasSubstr("never given files"));
    EXPECT_THAT(refusal("mysql://h/d?connect_timeout=soon"), HasSubstr("a number of seconds"));
    EXPECT_THAT(refusal("mysql://h/d?read_timeout=-1"), HasSubstr("a number of seconds"));
    EXPECT_THAT(refusal("mysql://h/d?ssl_mode=maybe"), HasSubstr("one of disabled, preferred, required"));
    EXPECT_THAT(refusal("mysql://h/d?ssl_mode=disabled&ssl_ca=/a"), HasSubstr("other options ask for TLS"));
    EXPECT_THAT(refusal("mysql://h/d?ssl=false&ssl_ca=/a"), HasSubstr("other options ask for TLS"));
    EXPECT_THAT(refusal("mysql://h/d?compress=perhaps"), HasSubstr("one of on, off"));
    EXPECT_THAT(refusal("mysql://h/d?unix_socket=/s"), HasSubstr("a host and a unix_socket"));
    EXPECT_THAT(refusal("mysql://localhost:3306/d?unix_socket=/s"), HasSubstr("a port and a unix_socket"));
    EXPECT_THAT(refusal("mysql://u:secret@h/d?unix_socket=/s"), Not(HasSubstr("secret")));
}

// -- sessions

class MysqlSession : public test::MysqlTest {
  protected:
    driver::Failure refusal(const std::string& url) {
        return test::failure_of([&] { test::connect_to(url, {}, waiter_); });
    }
};

TEST_F(MysqlSession, text_is_utf8_and_instants_are_utc) {
    EXPECT_EQ(query("SELECT @@character_set_client, @@character_set_connection, @@character_set_results")[0],
              (ValueRow{Value::text("utf8mb4"), Value::text("utf8mb4"), Value::text("utf8mb4")}));
    EXPECT_EQ(text("SELECT @@time_zone"), "+00:00");
    EXPECT_EQ(scalar("SELECT @@autocommit"), Value::of(1));
}

TEST_F(MysqlSession, sql_mode_is_the_servers_and_strict) {
    const std::string lax =
        test::with_parts(url_, {.query = {{"init_command", "SET sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES'"}}});
    connection_ = test::connect_to(lax, {}, waiter_);
    const std::string mode = text("SELECT @@sql_mode");
    EXPECT_THAT(mode, HasSubstr("ANSI_QUOTES"));
    EXPECT_THAT(mode, HasSubstr("STRICT_TRANS_TABLES"));
    EXPECT_THAT(mode, HasSubstr("STRICT_ALL_TABLES"));
    EXPECT_THAT(mode, HasSubstr("ERROR_FOR_DIVISION_BY_ZERO"));
    EXPECT_THAT(mode, HasSubstr("NO_ENGINE_SUBSTITUTION"));
    EXPECT_THAT(mode, Not(HasSubstr("NO_BACKSLASH_ESCAPES")));
    connection_->execute_script("CREATE TABLE t (x INT)");
    EXPECT_EQ(test::failure_of([&] { run("INSERT INTO t VALUES (1 / 0)"); }).code, 1365);
    EXPECT_EQ(test::failure_of([&] { run("CREATE TABLE u (x INT) ENGINE = missing"); }).code, 1286);
}

TEST_F(MysqlSession, init_command_that_fails_fails_the_connection) {
    const auto failure = refusal(test::with_parts(url_, {.query = {{"init_command", "SET nonsense = 1"}}}));
    EXPECT_EQ(failure.code, 1193);
}

TEST_F(MysqlSession, server_version_is_the_servers) {
    EXPECT_EQ(connection_->server_version(), text("SELECT VERSION()"));
    EXPECT_THAT(connection_->server_version(), HasSubstr("MariaDB"));
    EXPECT_EQ(connection_->server_version().find("5.5.5-"), std::string::npos);
}

TEST_F(MysqlSession, application_name_is_an_attribute_of_the_connection) {
    driver::ConnectOptions options;
    options.application_name = "the tests";
    const auto named = connect(options);
    EXPECT_TRUE(named->ping());
    const auto url = test::with_parts(url_, {.query = {{"application_name", "of the URL"}}});
    EXPECT_TRUE(test::connect_to(url, options, waiter_)->ping());
}

TEST_F(MysqlSession, wrong_password_database_and_address) {
    const auto wrong_password = refusal(test::with_parts(url_, {.password = "wrong"}));
    EXPECT_EQ(wrong_password.code, 1045);
    EXPECT_EQ(wrong_password.sqlstate, "28000");
    EXPECT_THAT(wrong_password.message, HasSubstr("Access denied"));
    const auto wrong_database = refusal(test::with_parts(url_, {.database = "no_such_database"}));
    EXPECT_THAT(wrong_database.code, ::testing::AnyOf(1049, 1044));
    EXPECT_EQ(refusal("mariadb:///d?unix_socket=/nonexistent/socket").code, 2002);
    EXPECT_THAT(refusal("mariadb://u:p@127.0.0.1:1/d").code, ::testing::AnyOf(2002, 2003));
}

TEST_F(MysqlSession, transaction_is_seen_by_others_when_it_is_committed) {
    connection_->execute_script("CREATE TABLE t (x INT)");
    const auto other = connect();
    EXPECT_FALSE(connection_->in_transaction());
    connection_->begin();
    EXPECT_TRUE(connection_->in_transaction());
    run("INSERT INTO t VALUES (1)");
    EXPECT_EQ(test::scalar(*other, "SELECT COUNT(*) FROM t"), Value::of(0));
    connection_->commit();
    EXPECT_FALSE(connection_->in_transaction());
    EXPECT_EQ(test::scalar(*other, "SELECT COUNT(*) FROM t"), Value::of(1));
    connection_->begin();
    run("INSERT INTO t VALUES (2)");
    connection_->rollback();
    EXPECT_FALSE(connection_->in_transaction());
    EXPECT_EQ(scalar("SELECT COUNT(*) FROM t"), Value::of(1));
}

TEST_F(MysqlSession, data_definition_commits_the_transaction) {
    connection_->begin();
    run("CREATE TABLE t (x INT)");
    EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(MysqlSession, isolation_levels_hold_until_the_default_is_back) {
    const auto level = [&] { return text("SELECT @@session.tx_isolation"); };
    const std::string usual = level();
    connection_->set_isolation_level(IsolationLevel::read_uncommitted);
    EXPECT_EQ(level(), "READ-UNCOMMITTED");
    connection_->set_isolation_level(IsolationLevel::read_committed);
    EXPECT_EQ(level(), "READ-COMMITTED");
    connection_->set_isolation_level(IsolationLevel::repeatable_read);
    EXPECT_EQ(level(), "REPEATABLE-READ");
    connection_->set_isolation_level(IsolationLevel::serializable);
    EXPECT_EQ(level(), "SERIALIZABLE");
    connection_->set_isolation_level(IsolationLevel::database_default);
    EXPECT_EQ(level(), usual);
    driver::ConnectOptions options;
    options.isolation_level = IsolationLevel::serializable;
    connection_ = connect(options);
    EXPECT_EQ(level(), "SERIALIZABLE");
    connection_->set_isolation_level(IsolationLevel::database_default);
    EXPECT_EQ(level(), usual);
}

TEST_F(MysqlSession, read_only_transaction_cannot_write) {
    connection_->execute_script("CREATE TABLE t (x INT)");
    connection_->set_access({.read_only = true});
    connection_->begin();
    EXPECT_EQ(test::failure_of([&] { run("INSERT INTO t VALUES (1)"); }).code, 1792);
    connection_->rollback();
    connection_->set_access({});
    connection_->begin();
    EXPECT_EQ(run("INSERT INTO t VALUES (1)"), 1);
    connection_->rollback();
    EXPECT_THAT(test::failure_of([&] { connection_->set_access({.deferrable = true}); }).message,
                HasSubstr("no deferrable transactions"));
}

// -- TLS

class MysqlTls : public MysqlSession {
  protected:
    void SetUp() override {
        const char* url = std::getenv("ALUDEL_MARIADB_TCP_URL");
        const char* authority = std::getenv("ALUDEL_SERVERS_CA");
        const char* stranger = std::getenv("ALUDEL_SERVERS_OTHER_CA");
        if (!url || !authority || !stranger)
            GTEST_SKIP() << "ALUDEL_MARIADB_TCP_URL is not set; tools/with-databases sets it";
        MysqlSession::SetUp();
        tcp_ = url;
        authority_ = authority;
        stranger_ = stranger;
    }
    std::string with(const UrlQuery& options) { return test::with_parts(tcp_, {.query = options}); }
    std::string cipher(const UrlQuery& options) {
        const auto connection = test::connect_to(with(options), {}, waiter_);
        return test::query(*connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'").at(0).at(1).as_text();
    }

    std::string tcp_;
    std::string authority_;
    std::string stranger_;
};

TEST_F(MysqlTls, connections_over_tcp_are_encrypted_where_the_server_can) {
    EXPECT_NE(cipher({}), "");
    EXPECT_NE(cipher({{"ssl", "true"}}), "");
    EXPECT_EQ(cipher({{"ssl", "false"}}), "");
    EXPECT_EQ(cipher({{"ssl_mode", "disabled"}}), "");
    EXPECT_NE(cipher({{"ssl_mode", "required"}}), "");
}

TEST_F(MysqlTls, certificate_of_the_authority_is_accepted) {
    EXPECT_NE(cipher({{"ssl_ca", authority_}}), "");
    EXPECT_NE(cipher({{"ssl_ca", authority_}, {"ssl_mode", "verify_ca"}}), "");
    EXPECT_NE(cipher({{"ssl_ca", authority_}, {"ssl_verify_identity", "true"}}), "");
}

TEST_F(MysqlTls, certificate_of_a_stranger_is_refused) {
    for (const auto* mode : {"verify_ca", "verify_identity"}) {
        const auto failure = refusal(with({{"ssl_ca", stranger_}, {"ssl_mode", mode}}));
        EXPECT_EQ(failure.code, 2026) << mode << ' ' << failure.message;
    }
    EXPECT_EQ(refusal(with({{"ssl_ca", stranger_}})).code, 2026);
    // Without an authority of the user's the system's count, which do not know it either.
    EXPECT_EQ(refusal(with({{"ssl_verify_cert", "true"}})).code, 2026);
}

TEST_F(MysqlTls, file_that_is_missing_is_reported) {
    EXPECT_EQ(refusal(with({{"ssl_ca", "/nonexistent.crt"}})).code, 2026);
    EXPECT_EQ(refusal(with({{"ssl_cert", "/nonexistent.crt"}, {"ssl_key", "/nonexistent.key"}})).code, 2026);
}

TEST_F(MysqlTls, server_that_falls_silent_in_the_handshake_is_given_up) {
    // The port answers as the server does and then no more, before and after its greeting.
    const auto* port = std::getenv("ALUDEL_MARIADB_SOCKET");
    if (!port) GTEST_SKIP() << "ALUDEL_MARIADB_SOCKET is not set; tools/with-databases sets it";
    for (const std::size_t bytes : {0u, 1u, 200u}) {
        test::StallingProxy proxy{port};
        proxy.stall_after(bytes);
        const URL from = make_url(tcp_);
        const std::string url = fmt::format("mariadb://{}:{}@127.0.0.1:{}/?ssl_mode=required", from.username(),
                                            from.password(), proxy.port());
        driver::ConnectOptions options;
        options.connect_timeout = std::chrono::milliseconds{400};
        const auto start = std::chrono::steady_clock::now();
        const auto failure = test::failure_of([&] { test::connect_to(url, options, waiter_); });
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{8}) << bytes;
        EXPECT_TRUE(failure.code == 2003 || failure.code == 2026 || failure.code == 2013)
            << bytes << ": " << failure.code << ' ' << failure.message;
    }
}

TEST_F(MysqlTls, statements_wait_and_time_out_as_without) {
    test::ObservedWaiter waiter;
    const auto connection = test::connect_to(with({{"ssl_mode", "required"}}), {}, waiter);
    EXPECT_EQ(test::scalar(*connection, "SELECT LENGTH(?)", {Value::bytes(std::string(3'000'000, 'x'))}),
              Value::of(3'000'000));
    EXPECT_EQ(test::scalar(*connection, "SELECT REPEAT('x', 3000000)").as_text().size(), 3'000'000u);
    connection->set_statement_timeout(std::chrono::milliseconds{200});
    EXPECT_EQ(test::failure_of([&] { test::query(*connection, "SELECT SLEEP(30)"); }).code, 1317);
    EXPECT_EQ(test::scalar(*connection, "SELECT 1"), Value::of(1));
    EXPECT_GT(waiter.waits, 0);
}

}  // namespace
}  // namespace aludel
