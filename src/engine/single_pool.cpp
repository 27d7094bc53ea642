#include <aludel/base/error.hpp>

#include "engine/pool.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace aludel::detail {

SinglePool::SinglePool(Connector connector, std::chrono::milliseconds timeout)
    : connector_(std::move(connector)), timeout_(timeout) {}

Lease SinglePool::take() {
    const auto deadline = PoolClock::now() + timeout_;
    const auto self = std::this_thread::get_id();
    std::unique_lock lock{mutex_};
    const auto may_enter = [&] { return !current_ || current_->users == 0 || owner_ == self; };
    if (!returned_.wait_until(lock, deadline, may_enter))
        throw TimeoutError(fmt::format("The one connection of this memory database is in use by another thread, "
                                       "connection timed out, timeout {:.2f}. "
                                       "Close or commit what uses it there, or use a database file, which gives each "
                                       "thread its own connection.",
                                       std::chrono::duration<double>(timeout_).count()),
                           "3o7r");
    if (!current_) {
        // Opened under the lock: two threads that come first must not open two databases.
        auto opened = std::make_unique<Shared>();
        opened->connection = connector_();
        current_ = std::move(opened);
    }
    owner_ = self;
    ++current_->users;
    Lease lease;
    lease.connection = current_->connection.get();
    lease.mutex = &current_->mutex;
    return lease;
}

void SinglePool::release(driver::Connection* connection, bool broken) noexcept {
    std::unique_ptr<Shared> closing;
    {
        std::scoped_lock lock{mutex_};
        const bool is_current = current_ && current_->connection.get() == connection;
        if (is_current) {
            --current_->users;
            if (broken) {
                if (current_->users == 0)
                    closing = std::move(current_);
                else
                    retired_.push_back(std::move(current_));
            }
        } else {
            const auto found = std::find_if(retired_.begin(), retired_.end(),
                                            [&](const auto& shared) { return shared->connection.get() == connection; });
            if (found != retired_.end() && --(*found)->users == 0) {
                closing = std::move(*found);
                retired_.erase(found);
            }
        }
    }
    returned_.notify_all();
}

void SinglePool::give_back(Lease lease) noexcept { release(lease.connection, false); }
void SinglePool::discard(Lease lease) noexcept { release(lease.connection, true); }

void SinglePool::dispose() noexcept {
    std::unique_ptr<Shared> closing;
    {
        std::scoped_lock lock{mutex_};
        if (current_ && current_->users == 0)
            closing = std::move(current_);
        else if (current_)
            retired_.push_back(std::move(current_));
    }
    returned_.notify_all();
}

std::string SinglePool::status() const {
    std::scoped_lock lock{mutex_};
    return fmt::format("One shared connection, {}, with {} users", current_ ? "open" : "not open",
                       current_ ? current_->users : 0);
}

}  // namespace aludel::detail
