#pragma once
// A TCP port before a server's socket, which can stop to pass anything on, or break: what a lost network looks like.

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
        forget_all();
        descriptors_.swap(silent_);
        close_all();
        ::close(listener_);
    }

    StallingProxy(const StallingProxy&) = delete;
    StallingProxy& operator=(const StallingProxy&) = delete;

    std::uint16_t port() const noexcept { return port_; }
    /// From now on nothing gets through, in either direction; nothing is closed.
    void stall() noexcept { stalls_ = true; }
    /// The same for the connections that there are; later ones are good.
    void stall_connected() {
        forgets_ = true;
        while (forgets_) std::this_thread::yield();
    }
    /// What was held up by `stall` gets through, and new connections do.
    void resume() noexcept { stalls_ = false; }
    /// `stall` once this many bytes of the server have been passed on.
    void stall_after(std::size_t bytes) noexcept {
        end_ = End::stall;
        answer_bytes_ = bytes;
    }
    /// All connections break when the server says more than this many bytes. With 0 it gets the next request, and what
    /// it answers is lost. Later connections are good again.
    void cut_answers_after(std::size_t bytes) noexcept {
        end_ = End::cut;
        answer_bytes_ = bytes;
    }
    /// All connections break when a client says more than this many bytes. With 0 the next request is lost. Later
    /// connections are good again.
    void cut_requests_after(std::size_t bytes) noexcept {
        end_ = End::cut;
        request_bytes_ = bytes;
    }
    /// `cut_…` is taken back.
    void mend() noexcept { answer_bytes_ = request_bytes_ = unlimited; }

  private:
    enum class End : std::uint8_t { stall, cut };
    static constexpr std::size_t unlimited = SIZE_MAX;

    // Neighbours in `descriptors_` are the two ends of a connection; -1 is one that was cut. Those that fell silent
    // stay open until the end.
    void serve() {
        while (!ends_) {
            if (forgets_) forget_all();
            std::vector<pollfd> entries;
            if (!stalls_) {
                entries.push_back({listener_, POLLIN, 0});
                for (const int descriptor : descriptors_) entries.push_back({descriptor, POLLIN, 0});
            }
            if (::poll(entries.data(), entries.size(), 10) <= 0 || stalls_) continue;
            for (std::size_t i = 1; i < entries.size(); ++i)
                if (entries[i].revents != 0 && descriptors_[i - 1] >= 0) pass_on(i - 1);
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
        std::atomic<std::size_t>& left = from % 2 != 0 ? answer_bytes_ : request_bytes_;
        const std::size_t limit = left;
        if (limit == 0) return end();
        const auto size = ::recv(descriptors_[from], buffer.data(), std::min(buffer.size(), limit), 0);
        if (size <= 0) return half_close(from);
        if (limit != unlimited) left = limit - static_cast<std::size_t>(size);
        ::send(descriptors_[from ^ 1], buffer.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL);
    }

    void half_close(std::size_t from) {
        ::shutdown(descriptors_[from ^ 1], SHUT_WR);
        ::shutdown(descriptors_[from], SHUT_RD);
    }

    void end() {
        if (end_ == End::stall) return stall();
        close_all();
        mend();
    }

    void forget_all() {
        silent_.insert(silent_.end(), descriptors_.begin(), descriptors_.end());
        descriptors_.clear();
        forgets_ = false;
    }

    void close_all() {
        for (int& descriptor : descriptors_)
            if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
    }

    std::string path_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::vector<int> descriptors_;
    std::vector<int> silent_;
    std::atomic<bool> forgets_ = false;
    std::atomic<bool> stalls_ = false;
    std::atomic<End> end_ = End::stall;
    std::atomic<std::size_t> answer_bytes_ = unlimited;
    std::atomic<std::size_t> request_bytes_ = unlimited;
    std::atomic<bool> ends_ = false;
    std::thread thread_;
};

}  // namespace aludel::test
