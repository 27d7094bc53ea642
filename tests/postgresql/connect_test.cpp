// URLs, and what can go wrong before there is a connection.
#include "postgresql/driver_fixture.hpp"

#include <aludel/base/error.hpp>
#include <aludel/drivers/postgresql.hpp>

#include <gmock/gmock.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>

namespace aludel {
namespace {

using test::failure_of;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

class PostgresqlUrls : public ::testing::Test {
  protected:
    static std::string message(const std::string& url) {
        driver::register_postgresql();
        try {
            driver::find_driver("postgresql")->validate(make_url(url), {});
        } catch (const ArgumentError& error) {
            return error.message();
        }
        return {};
    }
};

TEST_F(PostgresqlUrls, known_forms_are_accepted) {
    for (const std::string url : {
             "postgresql://",
             "postgresql:///db",
             "postgresql://user:secret@host:5433/db",
             "postgresql+psycopg2://host/db",
             "postgresql+asyncpg://host/db",
             "postgresql:///db?host=/run/postgresql",
             "postgresql:///db?host=a:5432&host=b:5433",
             "postgresql:///db?host=a,b&port=1,2",
             "postgresql:///db?host=a,b&port=5432",
             "postgresql:///db?host=a,b&hostaddr=127.0.0.1,127.0.0.2",
             "postgresql://h/db?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem&sslcrl=/r.pem",
             "postgresql://h/db?connect_timeout=3&application_name=app&options=-csearch_path%3Da",
             "postgresql://h/db?target_session_attrs=prefer-standby&keepalives=1&keepalives_idle=5&tcp_user_timeout=1",
             "postgresql:///db?user=u&password=p&service=s&passfile=/f&client_encoding=utf8",
             "postgresql://[::1]/db",
         })
        EXPECT_EQ(message(url), "") << url;
}

TEST_F(PostgresqlUrls, wrong_options_are_named) {
    EXPECT_THAT(message("postgresql:///db?ssl=1"),
                HasSubstr("unknown option 'ssl'. The known ones are application_name"));
    EXPECT_THAT(message("postgresql:///db?sslmode=on"), HasSubstr("sslmode=on is wrong: it must be one of disable"));
    EXPECT_THAT(message("postgresql:///db?connect_timeout=soon"), HasSubstr("a whole number"));
    EXPECT_THAT(message("postgresql:///db?connect_timeout=-1"), HasSubstr("a whole number"));
    EXPECT_THAT(message("postgresql:///db?sslmode=require&sslmode=allow"), HasSubstr("'sslmode' more than once"));
    EXPECT_THAT(message("postgresql://u@h/db?user=v"), HasSubstr("gives the user twice"));
    EXPECT_THAT(message("postgresql://h/db?host=i"), HasSubstr("gives the host twice"));
    EXPECT_THAT(message("postgresql:///db?host=a,b&port=1,2,3"), HasSubstr("one value for each of the 2 hosts"));
    EXPECT_THAT(message("postgresql:///db?host=a:1&port=2"), HasSubstr("left out"));
    EXPECT_THAT(message("postgresql:///db?host=a&port=70000"), HasSubstr("from 1 to 65535"));
    EXPECT_THAT(message("postgresql:///db?client_encoding=latin1"), HasSubstr("one of utf8"));
    EXPECT_THAT(message("postgresql+oracle:///db"), HasSubstr("no driver 'oracle'"));
}

TEST_F(PostgresqlUrls, password_is_in_no_message) {
    EXPECT_THAT(message("postgresql://u:hidden@h/db?nonsense=1"), ::testing::Not(HasSubstr("hidden")));
}

// A socket on loopback on which nobody answers: connections are taken by the kernel, and that is all.
class SilentServer {
  public:
    SilentServer() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        ::listen(socket_, 10);
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    ~SilentServer() { close(); }
    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }
    std::string place() const { return "127.0.0.1:" + std::to_string(port_); }

  private:
    int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int port_ = 0;
};

class PostgresqlConnecting : public ::testing::Test {
  protected:
    void SetUp() override { driver::register_postgresql(); }
    driver::Failure failure_at(const std::string& url) {
        return failure_of([&] { test::connect(url, options_, waiter_); });
    }
    driver::ConnectOptions options_;
    Waiter waiter_;
};

TEST_F(PostgresqlConnecting, server_that_does_not_answer_meets_the_deadline) {
    const SilentServer silent;
    options_.connect_timeout = 300ms;
    const auto start = std::chrono::steady_clock::now();
    const auto failure = failure_at("postgresql://u@" + silent.place() + "/db");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    EXPECT_TRUE(failure.disconnected);
    EXPECT_THAT(failure.message, HasSubstr("did not answer within 0.3 s"));
    EXPECT_THAT(failure.message, HasSubstr("127.0.0.1"));
}

TEST_F(PostgresqlConnecting, refused_connection_is_told_with_its_place) {
    SilentServer gone;
    const std::string place = gone.place();
    gone.close();
    const auto failure = failure_at("postgresql://u@" + place + "/db");
    EXPECT_TRUE(failure.disconnected);
    EXPECT_THAT(failure.message, HasSubstr("Connection refused"));
    EXPECT_THAT(failure.message, HasSubstr(place.substr(place.find(':') + 1)));
}

TEST_F(PostgresqlConnecting, waiter_that_cancels_ends_the_attempt) {
    class Cancelling final : public Waiter {
        Outcome wait(int, Readiness, Clock::time_point) override { return Outcome::cancelled; }
    } cancelling;
    const SilentServer silent;
    const auto failure = failure_of([&] { test::connect("postgresql://u@" + silent.place() + "/db", {}, cancelling); });
    EXPECT_THAT(failure.message, HasSubstr("it was cancelled"));
}

TEST_F(PostgresqlConnecting, missing_socket_folder_is_told) {
    const auto failure = failure_at("postgresql:///db?host=/nonexistent/folder");
    EXPECT_TRUE(failure.disconnected);
    EXPECT_THAT(failure.message, HasSubstr("/nonexistent/folder"));
}

// The server that the environment names, by its parts.
class PostgresqlServer : public PostgresqlConnecting {
  protected:
    void SetUp() override {
        PostgresqlConnecting::SetUp();
        if (!test::server_url()) GTEST_SKIP() << "ALUDEL_POSTGRESQL_URL is not set; tools/with-databases sets it";
    }
    static std::string with(const std::string& url, const std::string& option) {
        return url + (url.find('?') == std::string::npos ? "?" : "&") + option;
    }
    // The address over TCP, where passwords are asked for; null where the environment does not name it.
    static const char* tcp_url() { return std::getenv("ALUDEL_POSTGRESQL_TCP_URL"); }
    static std::string tcp(const std::string& user, const std::string& password, const std::string& database) {
        const URL url = make_url(tcp_url());
        return URL::create({.drivername = "postgresql",
                            .username = user.empty() ? url.username() : user,
                            .password = password.empty() ? url.password() : password,
                            .host = url.host(),
                            .port = url.port(),
                            .database = database.empty() ? url.database() : database,
                            .query = {}})
            .str_with_password();
    }
};

TEST_F(PostgresqlServer, name_of_the_application_is_shown) {
    const std::string sql = "SELECT current_setting('application_name')";
    EXPECT_EQ(test::scalar(*test::connect(test::server_url(), {}, waiter_), sql), Value::text("aludel"));
    options_.application_name = "from options";
    EXPECT_EQ(test::scalar(*test::connect(test::server_url(), options_, waiter_), sql), Value::text("from options"));
    const auto url = with(test::server_url(), "application_name=from%20url");
    EXPECT_EQ(test::scalar(*test::connect(url, options_, waiter_), sql), Value::text("from url"));
}

TEST_F(PostgresqlServer, encoding_is_utf8) {
    EXPECT_EQ(
        test::scalar(*test::connect(test::server_url(), {}, waiter_), "SELECT current_setting('client_encoding')"),
        Value::text("UTF8"));
}

TEST_F(PostgresqlServer, server_behind_one_that_is_gone_is_found) {
    if (!tcp_url()) GTEST_SKIP() << "ALUDEL_POSTGRESQL_TCP_URL is not set";
    SilentServer gone;
    const std::string place = gone.place();
    gone.close();
    const SilentServer silent;
    const URL real = make_url(tcp_url());
    const std::string url = "postgresql://" + real.username() + ":" + real.password() + "@/" + real.database() +
                            "?host=" + place + "&host=" + silent.place() + "&host=" + real.host() + ":" +
                            std::to_string(real.port());
    options_.connect_timeout = 500ms;
    EXPECT_EQ(test::scalar(*test::connect(url, options_, waiter_), "SELECT 1"), Value::of(1));
    EXPECT_EQ(test::scalar(*test::connect(url + "&target_session_attrs=read-write", options_, waiter_), "SELECT 1"),
              Value::of(1));
    EXPECT_EQ(test::scalar(*test::connect(url + "&target_session_attrs=prefer-standby", options_, waiter_), "SELECT 1"),
              Value::of(1));
    EXPECT_THAT(failure_at(url + "&target_session_attrs=standby").message, HasSubstr("hot standby"));
}

TEST_F(PostgresqlServer, wrong_password_is_told) {
    if (!tcp_url()) GTEST_SKIP() << "ALUDEL_POSTGRESQL_TCP_URL is not set";
    const auto failure = failure_at(tcp("", "wrong-password", ""));
    EXPECT_TRUE(failure.disconnected);
    EXPECT_THAT(failure.message, HasSubstr("password authentication failed"));
    EXPECT_THAT(failure.message, ::testing::Not(HasSubstr("wrong-password")));
}

TEST_F(PostgresqlServer, missing_database_is_told) {
    if (!tcp_url()) GTEST_SKIP() << "ALUDEL_POSTGRESQL_TCP_URL is not set";
    EXPECT_THAT(failure_at(tcp("", "", "no_such_database")).message,
                HasSubstr("database \"no_such_database\" does not exist"));
}

TEST_F(PostgresqlServer, tls_checks_what_it_is_told_to_check) {
    const char* authority = std::getenv("ALUDEL_SERVERS_CA");
    const char* other = std::getenv("ALUDEL_SERVERS_OTHER_CA");
    if (!tcp_url() || !authority || !other) GTEST_SKIP() << "ALUDEL_SERVERS_CA and ALUDEL_SERVERS_OTHER_CA are not set";
    const std::string url = tcp("", "", "");
    const std::string sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    EXPECT_EQ(test::scalar(*test::connect(with(url, "sslmode=require"), {}, waiter_), sql), Value::of(true));
    EXPECT_EQ(test::scalar(*test::connect(with(url, "sslmode=disable"), {}, waiter_), sql), Value::of(false));
    const auto right = with(url, "sslmode=verify-ca&sslrootcert=" + std::string{authority});
    EXPECT_EQ(test::scalar(*test::connect(right, {}, waiter_), sql), Value::of(true));
    const auto wrong = failure_at(with(url, "sslmode=verify-ca&sslrootcert=" + std::string{other}));
    EXPECT_THAT(wrong.message, HasSubstr("certificate verify failed"));
    const auto missing = failure_at(with(url, "sslmode=verify-full&sslrootcert=/no/such/file"));
    EXPECT_THAT(missing.message, HasSubstr("/no/such/file"));
}

TEST_F(PostgresqlServer, tls_that_the_server_does_not_have_is_told) {
    // Over a socket of the file system there is none, and libpq ignores it; a silent no over TCP is an error.
    const auto connection = test::connect(test::server_url(), {}, waiter_);
    if (!tcp_url()) GTEST_SKIP() << "ALUDEL_POSTGRESQL_TCP_URL is not set";
    EXPECT_THAT(failure_at(with(tcp("", "", ""),
                                "sslmode=require&ssl_min_protocol_version=TLSv1.3&"
                                "ssl_max_protocol_version=TLSv1.2"))
                    .message,
                HasSubstr("SSL"));
}

}  // namespace
}  // namespace aludel
