// Shards: databases of the same shape, among which the rows of the same classes are divided.
#pragma once

#include "orm/session_state.hpp"

#include <aludel/orm/sharded_session.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel::detail {

/// The number of a shard's id, the same in all sessions of the program; never 0, which means none.
/// @throws ArgumentError where there are more ids than an object's header can tell apart.
ShardToken shard_token(std::string_view id);
/// The id behind a number; empty for 0.
std::string shard_id(ShardToken token);

/// How a sharded session finds its way.
struct Sharding {
    explicit Sharding(ShardingOptions options_of);

    ShardingOptions options;
    std::vector<ShardToken> tokens;  // of `options.shards`, in their order

    [[nodiscard]] const Engine& engine(ShardToken token) const;
    /// @throws InvalidRequestError for an id that is none of the shards'; `who` gave it.
    [[nodiscard]] ShardToken token_of(std::string_view id, std::string_view who) const;
    [[nodiscard]] std::vector<ShardToken> of_key(const Mapper& mapper, std::span<const Value> key) const;
    [[nodiscard]] std::vector<ShardToken> of_query(const Mapper* mapper, std::span<const NodeRef> criteria) const;
    /// The object's shard, chosen now if it has none yet.
    [[nodiscard]] ShardToken of_object(ObjectHeader& object) const;
};

/// The session's sharding; null where there is none.
const Sharding* sharding_of(const SessionState& session) noexcept;

/// While it lives, the session works on one shard: statements go there, and rows that are read come from there.
class ShardScope {
  public:
    ShardScope(SessionState& session, ShardToken shard) noexcept
        : active_(session.identities.active_shard()), before_(std::exchange(active_, shard)) {}
    ShardScope(const ShardScope&) = delete;
    ShardScope& operator=(const ShardScope&) = delete;
    ~ShardScope() { active_ = before_; }

  private:
    ShardToken& active_;
    ShardToken before_;
};

/// Does the work for the objects of each shard, in the order in which the shards appear. In a session without shards,
/// for all of them at once.
template <class Work>
void for_each_shard(SessionState& session, const std::vector<ObjectHeader*>& objects, Work work) {
    const Sharding* sharding = sharding_of(session);
    if (sharding == nullptr) {
        work(objects);
        return;
    }
    std::vector<std::pair<ShardToken, std::vector<ObjectHeader*>>> groups;
    for (ObjectHeader* object : objects) {
        const ShardToken shard = sharding->of_object(*object);
        auto group = groups.begin();
        while (group != groups.end() && group->first != shard) ++group;
        if (group == groups.end()) group = groups.insert(group, {shard, {}});
        group->second.push_back(object);
    }
    for (const auto& [shard, members] : groups) {
        const ShardScope scope(session, shard);
        work(members);
    }
}

}  // namespace aludel::detail
