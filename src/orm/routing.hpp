// A session with several servers: which of them a statement goes to.
#pragma once

#include "orm/session_state.hpp"

#include <aludel/base/error.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace aludel::detail {

/// Chooses the connection for each statement of a session: by the tables that have an engine of their own, by the shard
/// that is at work, and between the engine and its replicas. A session with one engine has none.
class Router {
  public:
    Router(const Engine& engine, const SessionOptions& options, std::shared_ptr<const Sharding> sharding);

    /// The connection for a statement; null: for what nobody knows, which counts as writing. Opens it, if need be.
    SessionLink& link_for(SessionState& session, const SqlNode* statement);
    /// A replica has broken under a statement: it is left out for a while, and the statement may run elsewhere. False
    /// for every other failure.
    bool gives_up(SessionState& session, SessionLink& link, const DBAPIError& error);

    /// The transaction was committed: what it wrote may not have come to the replicas yet.
    void note_commit();
    /// The transaction was rolled back: nothing of it is to be seen.
    void note_rollback() noexcept { has_written_ = false; }
    /// The conversation is over.
    void forget_writes() noexcept;

    [[nodiscard]] const std::shared_ptr<const Sharding>& sharding() const noexcept { return sharding_; }

  private:
    SessionLink* replica_link(SessionState& session);
    [[nodiscard]] bool may_read_replica() const;
    SessionLink& shard_link(SessionState& session);

    std::shared_ptr<const Sharding> sharding_;
    std::optional<std::chrono::milliseconds> lag_;
    std::size_t first_replica_ = 0;  // where the search begins, so that sessions share the load
    bool has_written_ = false;       // in this transaction
    /// Until then it reads what it wrote from the engine itself; `max`: until the session is closed.
    std::optional<std::chrono::steady_clock::time_point> sticky_until_;
};

/// Null for a session with one server.
std::unique_ptr<Router> make_router(const Engine& engine, const SessionOptions& options,
                                    std::shared_ptr<const Sharding> sharding);

/// Runs a statement on the connection that is chosen for it; where a replica breaks, on the next one.
template <class Run>
auto read_routed(SessionState& session, const NodeRef& statement, Run run) {
    for (;;) {
        session.require_usable();
        session.frame();
        SessionLink& link = session.router->link_for(session, statement.get());
        session.open_savepoints(link);
        try {
            return run(*link.connection);
        } catch (const DBAPIError& error) {
            if (!session.router->gives_up(session, link, error)) throw;
        }
    }
}

}  // namespace aludel::detail
