// Connections that a server refuses: the error says why, and shows no password.
#include "servers/server_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

namespace aludel::test {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Over TCP, where passwords are asked for and TLS is on offer.
class ServerLogin : public ServerTest {
  protected:
    void SetUp() override {
        ServerTest::SetUp();
        if (IsSkipped()) return;
        const std::string address =
            environment(is_postgresql() ? "ALUDEL_POSTGRESQL_TCP_URL" : "ALUDEL_MARIADB_TCP_URL");
        if (address.empty()) GTEST_SKIP() << "the server's TCP address is not known; tools/with-databases sets it";
        const URL url = make_url(address);
        right = {url.drivername(), url.username(), url.password(), url.host(), url.port(), url.database(), {}};
    }
    static Engine engine_of(const UrlParts& parts, const EngineOptions& options = {}) {
        return create_engine(URL::create(parts).str_with_password(), options);
    }
    static OperationalError refusal(const UrlParts& parts) {
        const Engine refused = engine_of(parts);
        const auto error = caught<OperationalError>([&] { refused.connect(); });
        EXPECT_EQ(refused.pool().open_failures, 1u);
        expect_all_is_back(refused);
        return error;
    }
    /// How the server's certificate is checked against this one.
    static UrlQuery verified_by(const std::string& authority) {
        if (is_postgresql()) return {{"sslmode", "verify-full"}, {"sslrootcert", authority}};
        return {{"ssl_ca", authority}, {"ssl_mode", "verify_identity"}};
    }
    /// The cipher that the connection is encrypted with; empty: none.
    static std::string cipher(const Engine& which) {
        Connection connection = which.connect();
        if (is_postgresql())
            return connection.exec_driver_sql("SELECT cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                .scalar_one<std::string>();
        return connection
            .exec_driver_sql(
                "SELECT variable_value FROM information_schema.session_status WHERE variable_name = "
                "'ssl_cipher'")
            .scalar_one<std::string>();
    }

    UrlParts right;
};
ALUDEL_ON_EVERY_SERVER(ServerLogin);

TEST_P(ServerLogin, wrong_password_is_told_and_not_shown) {
    UrlParts wrong = right;
    wrong.password = "open-sesame";
    const auto error = refusal(wrong);
    if (!is_postgresql()) {
        EXPECT_EQ(error.driver_code(), 1045);
    }
    EXPECT_THAT(error.what(), AnyOf(HasSubstr("password authentication failed"), HasSubstr("Access denied")));
    EXPECT_THAT(error.what(), Not(HasSubstr("open-sesame")));
    EXPECT_FALSE(error.outcome_in_doubt());
    EXPECT_FALSE(error.retryable());
}

TEST_P(ServerLogin, unknown_user_is_told) {
    UrlParts wrong = right;
    wrong.username = "nobody_of_that_name";
    EXPECT_THAT(refusal(wrong).what(), HasSubstr("nobody_of_that_name"));
}

TEST_P(ServerLogin, missing_database_is_named) {
    UrlParts wrong = right;
    wrong.database = "no_such_database";
    EXPECT_THAT(refusal(wrong).what(), HasSubstr("no_such_database"));
}

TEST_P(ServerLogin, certificate_of_the_right_authority_is_accepted) {
    if (environment("ALUDEL_SERVERS_CA").empty()) GTEST_SKIP() << "ALUDEL_SERVERS_CA is not set";
    UrlParts encrypted = right;
    encrypted.query = verified_by(environment("ALUDEL_SERVERS_CA"));
    EXPECT_NE(cipher(engine_of(encrypted)), "");
}

TEST_P(ServerLogin, certificate_of_another_authority_is_refused) {
    if (environment("ALUDEL_SERVERS_OTHER_CA").empty()) GTEST_SKIP() << "ALUDEL_SERVERS_OTHER_CA is not set";
    UrlParts encrypted = right;
    encrypted.query = verified_by(environment("ALUDEL_SERVERS_OTHER_CA"));
    EXPECT_THAT(refusal(encrypted).what(), HasSubstr("certificate"));
}

TEST_P(ServerLogin, too_many_connections_are_told_until_one_is_closed) {
    const std::string name = "limited_" + std::to_string(::getpid());
    if (is_postgresql()) {
        command("CREATE ROLE " + name + " LOGIN CONNECTION LIMIT 1 PASSWORD 'p'");
    } else {
        command("CREATE USER '" + name + "'@'127.0.0.1' IDENTIFIED BY 'p' WITH MAX_USER_CONNECTIONS 1");
        command("GRANT ALL ON " + right.database + ".* TO '" + name + "'@'127.0.0.1'");
    }
    UrlParts limited = right;
    limited.username = name;
    limited.password = "p";
    {
        const Engine one = engine_of(limited);
        const Engine other = engine_of(limited);
        Connection first = one.connect();
        const std::string id = connection_id(first);
        const auto error = caught<OperationalError>([&] { other.connect(); });
        EXPECT_THAT(error.what(), AnyOf(HasSubstr("too many connections"), HasSubstr("max_user_connections")));
        EXPECT_EQ(first.exec_driver_sql("SELECT 1").scalar_one<int>(), 1);
        first.close();
        one.dispose();
        EXPECT_TRUE(becomes([&] { return !is_connected(id); }));
        EXPECT_EQ(other.connect().exec_driver_sql("SELECT 1").scalar_one<int>(), 1);
        expect_all_is_back(other);
    }
    command(is_postgresql() ? "DROP ROLE " + name : "DROP USER '" + name + "'@'127.0.0.1'");
}

}  // namespace
}  // namespace aludel::test
