#include "orm/routing.hpp"

#include "orm/listeners.hpp"
#include "orm/sharding.hpp"

#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/statement_nodes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <unordered_map>

namespace aludel::detail {

namespace {

using Clock = std::chrono::steady_clock;

/// For that long a replica that was down is not asked again.
constexpr std::chrono::seconds rest_of_replica{5};

/// The replicas that were down a moment ago, for all sessions: by the address of their engine's URL, which its handles
/// share.
class RestingReplicas {
  public:
    void add(const Engine& replica) {
        const std::lock_guard lock(mutex_);
        until_[&replica.url()] = Clock::now() + rest_of_replica;
    }
    bool contains(const Engine& replica) {
        const std::lock_guard lock(mutex_);
        const auto found = until_.find(&replica.url());
        if (found == until_.end()) return false;
        if (found->second > Clock::now()) return true;
        until_.erase(found);
        return false;
    }

  private:
    std::mutex mutex_;
    std::unordered_map<const URL*, Clock::time_point> until_;
};

RestingReplicas& resting_replicas() {
    static auto& instance = *new RestingReplicas;  // sessions of namespace scope may end after everything else
    return instance;
}

std::size_t next_turn() {
    static std::atomic<std::size_t> turn{0};
    return turn++;
}

bool only_reads(const SqlNode* statement) {
    if (statement == nullptr) return false;
    if (statement->kind() == NodeKind::compound) return true;
    return statement->kind() == NodeKind::select && !static_cast<const SelectNode&>(*statement).parts().lock.active;
}

/// The first bind whose table the statement names, in the order of its text.
std::size_t bind_of(const SqlNode& node, const std::vector<Bind>& binds) {
    if (node.kind() == NodeKind::table) {
        const TableInfo* table = &static_cast<const TableNode&>(node).table();
        const auto found =
            std::find_if(binds.begin(), binds.end(), [&](const Bind& bind) { return bind.table == table; });
        return static_cast<std::size_t>(found - binds.begin());
    }
    for (const NodeRef& child : node.children()) {
        if (!child) continue;
        if (const std::size_t found = bind_of(*child, binds); found != binds.size()) return found;
    }
    return binds.size();
}

/// Binds of one engine share its connection.
std::size_t first_with_engine(const std::vector<Bind>& binds, std::size_t index) {
    const auto same = [&](const Bind& bind) { return bind.engine == binds[index].engine; };
    return static_cast<std::size_t>(std::find_if(binds.begin(), binds.end(), same) - binds.begin());
}

SessionLink* find_link(const SessionState& session, std::size_t place) {
    const auto found = std::find_if(session.links.begin(), session.links.end(),
                                    [&](const auto& link) { return link->place == place; });
    return found == session.links.end() ? nullptr : found->get();
}

}  // namespace

Router::Router(const Engine& engine, const SessionOptions& options, std::shared_ptr<const Sharding> sharding)
    : sharding_(std::move(sharding)), lag_(options.replica_lag), first_replica_(next_turn()) {
    if (sharding_ && !(options.replicas.empty() && options.binds.empty())) {
        throw ArgumentError("A sharded session has neither replicas nor binds: its shards say where everything is");
    }
    for (const Engine& replica : options.replicas) {
        if (replica.dialect().name() != engine.dialect().name()) {
            throw ArgumentError(fmt::format("The replica {} is no copy of {}: it is another kind of database",
                                            replica.url().str(), engine.url().str()));
        }
    }
}

std::unique_ptr<Router> make_router(const Engine& engine, const SessionOptions& options,
                                    std::shared_ptr<const Sharding> sharding) {
    if (!sharding && options.replicas.empty() && options.binds.empty()) return nullptr;
    return std::make_unique<Router>(engine, options, std::move(sharding));
}

// Places: 0 is the session's engine, then come the replicas, then the binds. In a sharded session they are the shards'
// tokens.
SessionLink& Router::link_for(SessionState& session, const SqlNode* statement) {
    if (sharding_) return shard_link(session);
    const std::vector<Bind>& binds = session.options.binds;
    if (statement != nullptr && !binds.empty()) {
        if (const std::size_t found = bind_of(*statement, binds); found != binds.size()) {
            const std::size_t index = first_with_engine(binds, found);
            if (binds[index].engine == session.engine) return session.main_link();
            const std::size_t place = 1 + session.options.replicas.size() + index;
            SessionLink* known = find_link(session, place);
            return known != nullptr ? *known : session.open_link(place, binds[index].engine);
        }
    }
    if (only_reads(statement) && !session.flushing && may_read_replica()) {
        if (SessionLink* replica = replica_link(session)) return *replica;
    } else if (!only_reads(statement)) {
        has_written_ = true;
    }
    return session.main_link();
}

bool Router::may_read_replica() const { return !has_written_ && !(sticky_until_ && Clock::now() < *sticky_until_); }

/// The replica that this transaction reads from; else one that answers; null if none does.
SessionLink* Router::replica_link(SessionState& session) {
    const std::vector<Engine>& replicas = session.options.replicas;
    for (std::size_t i = 0; i < replicas.size(); ++i) {
        if (SessionLink* known = find_link(session, 1 + i)) return known;
    }
    for (std::size_t i = 0; i < replicas.size(); ++i) {
        const std::size_t index = (first_replica_ + i) % replicas.size();
        if (resting_replicas().contains(replicas[index])) continue;
        try {
            return &session.open_link(1 + index, replicas[index], {}, true);
        } catch (const OperationalError& error) {
            resting_replicas().add(replicas[index]);
            session.note(fmt::format("The replica {} cannot be reached; reading elsewhere. {}",
                                     replicas[index].url().str(), error.message()));
        }
    }
    return nullptr;
}

bool Router::gives_up(SessionState& session, SessionLink& link, const DBAPIError& error) {
    if (!link.is_replica || !error.connection_invalidated()) return false;
    const Engine& replica = session.options.replicas[link.place - 1];
    resting_replicas().add(replica);
    session.note(fmt::format("The replica {} was lost; reading elsewhere. {}", replica.url().str(), error.message()));
    session.close_link(link);
    return true;
}

void Router::note_commit() {
    if (!has_written_) return;
    has_written_ = false;
    sticky_until_ = lag_ ? Clock::now() + *lag_ : Clock::time_point::max();
}

void Router::forget_writes() noexcept {
    has_written_ = false;
    sticky_until_.reset();
}

}  // namespace aludel::detail
