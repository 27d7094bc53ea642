#pragma once

#include <aludel/engine/driver.hpp>

#include "engine/pool_state.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace aludel::detail {

/// Opens a new connection, or throws.
using Connector = std::function<std::unique_ptr<driver::Connection>()>;

/// A connection as its user holds it. It goes back by `Pool::give_back` or `Pool::discard`, once.
struct Lease {
    PoolEntry entry;  ///< of a queue pool: moved out of it
    driver::Connection* connection = nullptr;
    /// Held around every use of `connection`, where several leases may share it; else null.
    std::recursive_mutex* mutex = nullptr;

    bool is_shared() const noexcept { return mutex != nullptr; }
    explicit operator bool() const noexcept { return connection != nullptr; }
};

/// Where an engine takes its connections from. Thread-safe.
class Pool {
  public:
    virtual ~Pool();
    virtual Lease take() = 0;
    virtual void give_back(Lease lease) noexcept = 0;
    /// Closes a connection that broke, and makes the others of its age suspect.
    virtual void discard(Lease lease) noexcept = 0;
    virtual void dispose() noexcept = 0;
    virtual std::string status() const = 0;
};

struct QueuePoolOptions {
    PoolLimits limits;
    std::chrono::milliseconds timeout{};
    bool pre_ping = false;
};

/// Many connections, each with one user at a time.
class QueuePool final : public Pool {
  public:
    QueuePool(Connector connector, QueuePoolOptions options);
    Lease take() override;
    void give_back(Lease lease) noexcept override;
    void discard(Lease lease) noexcept override;
    void dispose() noexcept override;
    std::string status() const override;

  private:
    PoolState::Decision wait_for_decision();
    PoolEntry open_entry();

    Connector connector_;
    QueuePoolOptions options_;
    mutable std::mutex mutex_;
    std::condition_variable returned_;
    PoolState state_;
};

/// One connection for a database that lives in it. Users in one thread share it, and with it its transaction; another
/// thread waits until they have all given it back, so that transactions of two threads never mix.
class SinglePool final : public Pool {
  public:
    SinglePool(Connector connector, std::chrono::milliseconds timeout);
    Lease take() override;
    void give_back(Lease lease) noexcept override;
    void discard(Lease lease) noexcept override;
    void dispose() noexcept override;
    std::string status() const override;

  private:
    struct Shared {
        std::unique_ptr<driver::Connection> connection;
        std::recursive_mutex mutex;
        int users = 0;
    };
    void release(driver::Connection* connection, bool broken) noexcept;

    Connector connector_;
    std::chrono::milliseconds timeout_;
    mutable std::mutex mutex_;
    std::condition_variable returned_;
    std::unique_ptr<Shared> current_;
    std::vector<std::unique_ptr<Shared>> retired_;  // disposed of while in use
    std::thread::id owner_;
};

}  // namespace aludel::detail
