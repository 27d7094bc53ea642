// The passwords of MySQL 8, against the first packets of such a server: its plugin `caching_sha2_password` is chosen
// and answers right, and without TLS the password does not go over the network as it is.
#include "mysql/driver_fixture.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace aludel {
namespace {

using namespace std::string_literals;

/// Greets one client as MySQL 8 does, and takes its password for right at once or asks for all of it.
class GreetingServer {
  public:
    enum class Answer : std::uint8_t { known, tell_all };

    explicit GreetingServer(Answer answer) : answer_(answer) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 1) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no port");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread{[this] { serve(); }};
    }
    GreetingServer(const GreetingServer&) = delete;
    GreetingServer& operator=(const GreetingServer&) = delete;
    ~GreetingServer() { wait(); }

    std::string url() const { return fmt::format("mysql://scott:tiger@127.0.0.1:{}/?ssl_mode=disabled", port_); }
    /// Until the client is gone; then what it has said can be read.
    void wait() {
        if (thread_.joinable()) thread_.join();
        if (listener_ >= 0) ::close(std::exchange(listener_, -1));
    }
    const std::string& login() const { return login_; }
    const std::string& rest() const { return rest_; }

  private:
    static constexpr std::string_view nonce = "abcdefghijklmnopqrst";

    static std::string greeting() {
        // A long password, a database, protocol 4.1, transactions, plugins, attributes: what MySQL 8 offers, without
        // TLS.
        return "\x0a"s + "8.0.36\0"s + "\x07\0\0\0"s + std::string(nonce.substr(0, 8)) + "\0"s + "\x0f\xa2"s + "\xff"s +
               "\x02\0"s + "\x3f\0"s + "\x15"s + std::string(10, '\0') + std::string(nonce.substr(8)) + "\0"s +
               "caching_sha2_password\0"s;
    }
    void send(const std::string& payload) {
        std::string packet{static_cast<char>(payload.size() & 0xff), static_cast<char>(payload.size() >> 8), 0,
                           static_cast<char>(number_++)};
        packet += payload;
        ::send(client_, packet.data(), packet.size(), MSG_NOSIGNAL);
    }
    std::string bytes(std::size_t count) {
        std::string all(count, '\0');
        if (::recv(client_, all.data(), count, MSG_WAITALL) != static_cast<ssize_t>(count)) return {};
        return all;
    }
    /// Empty when the client is gone.
    std::string receive() {
        const std::string head = bytes(4);
        if (head.empty()) return {};
        number_ = static_cast<unsigned char>(head[3]) + 1;
        return bytes(static_cast<unsigned char>(head[0]) + 256U * static_cast<unsigned char>(head[1]));
    }
    void serve() {
        client_ = ::accept(listener_, nullptr, nullptr);
        send(greeting());
        login_ = receive();
        const std::string good = "\0\0\0\x02\0\0\0"s;
        if (answer_ == Answer::known) {
            send("\x01\x03"s);
            send(good);
            while (!receive().empty()) send(good);
        } else {
            send("\x01\x04"s);
            rest_ = receive();
        }
        ::close(client_);
    }

    Answer answer_;
    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int client_ = -1;
    int number_ = 0;
    std::uint16_t port_ = 0;
    std::string login_;
    std::string rest_;
    std::thread thread_;
};

std::string hexadecimal(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return text;
}

TEST(MysqlCachingSha2, password_is_mixed_with_the_nonce_as_mysql_8_wants_it) {
    GreetingServer server{GreetingServer::Answer::known};
    Waiter waiter;
    {
        const auto connection = test::connect_to(server.url(), {}, waiter);
        EXPECT_EQ(connection->server_version(), "8.0.36");
    }
    server.wait();
    // SHA256(p) XOR SHA256(SHA256(SHA256(p)) + nonce), of Python's hashlib.
    const std::string expected = "36386b830dc6ad241cebadc934f1b7cc3e4c34134f27ee67965c251c0c25db81";
    const std::string answer = "scott\0\x20"s;
    const std::size_t at = server.login().find(answer);
    ASSERT_NE(at, std::string::npos) << hexadecimal(server.login());
    EXPECT_EQ(hexadecimal(server.login().substr(at + answer.size(), 32)), expected);
    EXPECT_NE(server.login().find("caching_sha2_password"), std::string::npos);
    EXPECT_EQ(server.login().find("tiger"), std::string::npos);
}

TEST(MysqlCachingSha2, password_that_the_server_does_not_remember_is_not_told_without_its_public_key) {
    GreetingServer server{GreetingServer::Answer::tell_all};
    Waiter waiter;
    const auto failure = test::failure_of([&] { test::connect_to(server.url(), {}, waiter); });
    EXPECT_FALSE(failure.message.empty());
    server.wait();
    EXPECT_EQ(hexadecimal(server.rest()), "02") << "it asks for the key";
}

}  // namespace
}  // namespace aludel
