#pragma once

#include <aludel/engine/pool.hpp>

#include "engine/logger.hpp"
#include "engine/pool_record.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::detail {

/// Opens a new connection, or throws.
using Connector = std::function<std::unique_ptr<driver::Connection>()>;
/// Throws the error that a driver's failure is for the users of aludel.
using FailureTranslator = std::function<void(const driver::Failure& failure, std::string_view sql)>;

/// What all pools are made from.
struct PoolSetup {
    std::string name;  ///< the class of the pool, as SQLAlchemy calls it
    Connector connect;
    FailureTranslator translate;
    Logger* logger = nullptr;  ///< outlives the pool; null: nothing is logged
    PoolEcho echo = PoolEcho::off;
    ResetOnReturn reset = ResetOnReturn::rollback;
    bool pre_ping = false;
    LeakReport leaks = LeakReport::off;
    PoolEvents events = {};
};

/// Why a connection was not handed out.
struct Refusal {
    std::string reason;
    bool whole_pool = false;
};

/// What happens to one connection in a pool, whichever pool it is: it is opened, looked at before each use, reset after
/// it, and closed; the user's handlers and the log hear of it. Knows no other connection; thread-safe.
class ConnectionKeeper {
  public:
    explicit ConnectionKeeper(PoolSetup setup);

    const std::string& name() const noexcept { return setup_.name; }
    /// Handlers that are called from now on, after those that there are.
    void listen(PoolEvents events);

    /// @throws what the connector, `first_connect` and `connect` throw.
    PoolRecordPtr open(std::uint64_t generation);
    /// Closes it; one of the parent process is let go of instead.
    void close(PoolRecordPtr record) noexcept;
    void close_detached(PoolRecordPtr record, bool is_reset) noexcept;
    /// Forgets it without a word to the server, which the parent process or a child goes on talking to.
    void let_go(PoolRecordPtr record) noexcept;

    /// Pings it and asks the `checkout` handlers: nothing when its next user may have it. @throws what they throw.
    std::optional<Refusal> refuse(PoolRecord& record);
    /// Ends what its user left behind. @throws driver::Failure, and what the handlers throw.
    void reset(PoolRecord& record);
    /// `reset` and the `checkin` handlers: whether it may be used again.
    bool check_in(PoolRecord& record, bool is_reset) noexcept;

    // These tell the handlers and the log.
    void tell_checkout(const PoolRecord& record) noexcept;
    void tell_invalidate(PoolRecord& record, std::string_view reason) noexcept;
    void tell_detach(PoolRecord& record) noexcept;
    void tell_recycle(const PoolRecord& record, std::string_view why) noexcept;
    void soft_invalidate(PoolRecord& record, std::string_view reason) noexcept;
    void info(std::string_view message) noexcept;
    void warn(std::string_view message) noexcept;

    PooledConnection face(PoolRecord& record) noexcept { return {record, *this}; }
    /// @throws the error that the failure is.
    [[noreturn]] void fail(const driver::Failure& failure, std::string_view sql) const;

    /// Adds what it has counted.
    void add_to(PoolStatistics& statistics) const noexcept;
    /// In the child of a fork: all counts are zero again.
    void clear_counts() noexcept;

  private:
    using HandlerList = std::vector<PoolEvents>;

    std::shared_ptr<const HandlerList> handlers() const;
    void tell(PoolEvents::Handler PoolEvents::* event, PoolRecord& record);
    void tell_quietly(PoolEvents::Handler PoolEvents::* event, PoolRecord& record) noexcept;
    void tell_reason(PoolEvents::InvalidateHandler PoolEvents::* event, PoolRecord& record,
                     std::string_view reason) noexcept;
    void tell_opened(PoolRecord& record);
    bool is_debug() const noexcept { return setup_.logger && setup_.echo == PoolEcho::debug; }
    void debug(const PoolRecord& record, std::string_view before, std::string_view after) noexcept;
    void write(LogLevel level, std::string_view message) noexcept;

    PoolSetup setup_;
    std::string log_name_;
    mutable std::mutex mutex_;
    ForkGuard guard_{mutex_};
    std::shared_ptr<const HandlerList> handlers_;
    std::atomic<bool> listened_{false};
    std::mutex first_connect_;  // held while the handlers of the first connection run
    bool connected_ = false;
    std::atomic<std::uint64_t> last_id_{0}, opened_{0}, open_failures_{0}, closed_{0}, invalidated_{0}, recycled_{0},
        detached_{0};
};

}  // namespace aludel::detail
