#pragma once
// A TCP port before a server's socket, which can stop to pass anything on: what a lost network looks like.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace aludel::test {

class StallingProxy {
  public:
    explicit StallingProxy(std::string socket_path) : path_(std::move(socket_path)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no port");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread{[this] { serve(); }};
    }

    ~StallingProxy() {
        ends_ = true;
        thread_.join();
        for (const int descriptor : descriptors_) ::close(descriptor);
        ::close(listener_);
    }

    StallingProxy(const StallingProxy&) = delete;
    StallingProxy& operator=(const StallingProxy&) = delete;

    std::uint16_t port() const noexcept { return port_; }
    /// From now on nothing gets through, in either direction; nothing is closed.
    void stall() noexcept { stalls_ = true; }
    /// The same once this many bytes of the server have been passed on.
    void stall_after(std::size_t bytes) noexcept { server_bytes_ = bytes; }

  private:
    // Neighbours in `descriptors_` are the two ends of a connection.
    void serve() {
        while (!ends_) {
            std::vector<pollfd> entries{{listener_, POLLIN, 0}};
            if (!stalls_)
                for (const int descriptor : descriptors_) entries.push_back({descriptor, POLLIN, 0});
            if (::poll(entries.data(), entries.size(), 10) <= 0 || stalls_) continue;
            for (std::size_t i = 1; i < entries.size(); ++i)
                if (entries[i].revents != 0) pass_on(i - 1);
            if (entries[0].revents != 0) accept();
        }
    }

    void accept() {
        const int client = ::accept(listener_, nullptr, nullptr);
        const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.copy(address.sun_path, sizeof address.sun_path - 1);
        if (::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            ::close(client);
            ::close(server);
            return;
        }
        descriptors_.push_back(client);
        descriptors_.push_back(server);
    }

    void pass_on(std::size_t from) {
        std::array<char, 65536> buffer;
        const bool from_server = from % 2 != 0;
        const std::size_t most = from_server ? std::min(buffer.size(), server_bytes_.load()) : buffer.size();
        if (most == 0) return stall();
        const auto size = ::recv(descriptors_[from], buffer.data(), most, 0);
        if (from_server && size > 0) server_bytes_ -= static_cast<std::size_t>(size);
        if (size <= 0)
            ::shutdown(descriptors_[from ^ 1], SHUT_WR);
        else
            ::send(descriptors_[from ^ 1], buffer.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL);
        if (size <= 0) ::shutdown(descriptors_[from], SHUT_RD);
    }

    std::string path_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::vector<int> descriptors_;
    std::atomic<bool> stalls_ = false;
    std::atomic<std::size_t> server_bytes_ = SIZE_MAX;
    std::atomic<bool> ends_ = false;
    std::thread thread_;
};

}  // namespace aludel::test
