#pragma once

#include <aludel/engine/driver.hpp>
#include <aludel/engine/pool.hpp>

#include "engine/connection_keeper.hpp"
#include "engine/leak_watch.hpp"
#include "engine/pool_record.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::detail {

/// A connection as its user holds it. It goes back by `Pool::give_back` or `Pool::discard`, once.
struct Lease {
    PoolRecordPtr owned;  ///< where the user has the connection alone
    PoolRecord* record = nullptr;
    driver::Connection* connection = nullptr;
    /// Held around every use of `connection`, where several leases may share it; else null.
    std::recursive_mutex* mutex = nullptr;
    std::uint64_t watched = 0;  ///< the token of the leak watch
    bool detached = false;      ///< the pool has given it up
    bool is_reset = false;      ///< `Pool::reset` was called

    bool is_shared() const noexcept { return mutex != nullptr; }
    /// Whether it was taken by the parent of this process: then nothing may be done with it but to give it back.
    bool is_foreign() const noexcept { return record != nullptr && record->is_foreign(); }
    explicit operator bool() const noexcept { return connection != nullptr; }
};

/// A lease of a connection that nobody else has.
Lease lease_of(PoolRecordPtr record);

/// What else is broken when a connection is.
enum class Blame : std::uint8_t {
    connection,  ///< nothing
    generation,  ///< probably every connection that is as old: the database went away
};

/// Where an engine takes its connections from. Thread-safe. Connections are opened, pinged and closed outside of the
/// pool's lock, and so are the handlers called.
class Pool {
  public:
    explicit Pool(PoolSetup setup);
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    virtual ~Pool();

    /// @throws what opening a connection throws; TimeoutError.
    Lease take(const std::source_location& where);
    /// Ends what the user of the lease left behind, where no other user shares it. `give_back` does it otherwise.
    /// @throws driver::Failure, and what the `reset` handlers throw; then the lease is to be discarded.
    void reset(Lease& lease);
    void give_back(Lease lease) noexcept;
    /// Closes a connection that broke or is in an unknown state.
    void discard(Lease lease, Blame blame = Blame::generation, std::string_view reason = {}) noexcept;
    /// Gives up a connection, which its user keeps, and with it the place.
    /// @throws InvalidRequestError where connections are shared.
    void detach(Lease& lease);

    /// Closes the idle connections, or lets go of them without a word to the server; those in use are closed when they
    /// come back.
    void dispose(bool close) noexcept;

    PoolStatistics statistics();
    std::string status();
    ConnectionKeeper& keeper() noexcept { return keeper_; }
    const LeakWatch& leaks() const noexcept { return leaks_; }
    const std::string& name() const noexcept { return keeper_.name(); }

  protected:
    enum class Condition : std::uint8_t { good, broken };

    // What each pool does in its own way.
    virtual Lease acquire() = 0;
    virtual void release(Lease lease, Condition condition) noexcept = 0;
    /// The connections that are idle are now the caller's. Those in use are stale.
    virtual std::vector<PoolRecordPtr> take_idle() noexcept = 0;
    /// `count` of those that `take_idle` returned are closed.
    virtual void idle_closed(std::size_t count) noexcept;
    virtual void invalidate_contemporaries(const PoolRecord& record) noexcept = 0;
    virtual std::uint64_t generation() const noexcept = 0;
    virtual void vacate() noexcept;
    virtual PoolStatistics numbers() const = 0;
    virtual std::string text() const = 0;
    /// Forgets what belongs to the parent process. Called once in the child of a fork, before anything else.
    virtual void start_again() noexcept = 0;

    PoolRecordPtr open_record() { return keeper_.open(generation()); }
    /// The connection, or another in its place, as its next user may have it: pinged, and agreed to by the handlers.
    /// Null opens one. What throws has closed it.
    PoolRecordPtr ready(PoolRecordPtr record);
    void close_idle(std::vector<PoolRecordPtr> records, bool close) noexcept;
    /// To be called by the most derived destructors.
    void end() noexcept;

  private:
    void notice_fork() noexcept;

    std::mutex fork_mutex_;
    ForkGuard guard_{fork_mutex_};
    std::atomic<std::uint64_t> process_{fork_count()};
    LeakWatch leaks_;
    ConnectionKeeper keeper_;
};

}  // namespace aludel::detail
