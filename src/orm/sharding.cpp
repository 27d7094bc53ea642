#include "orm/sharding.hpp"

#include "orm/routing.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <mutex>

namespace aludel {

namespace detail {

namespace {

/// The ids of all shards of the program; the place of an id is its number less one.
struct ShardIds {
    std::mutex mutex;
    std::vector<std::string> known;
};

ShardIds& shard_ids() {
    static auto& instance = *new ShardIds;  // objects of namespace scope may be asked at the program's end
    return instance;
}

bool is_column(const NodeRef& node, const ColumnInfo* column) {
    return node && node->kind() == NodeKind::column && static_cast<const ColumnNode&>(*node).info() == column;
}

/// What a criterion lets the column be, where it says that.
std::optional<std::vector<Value>> allowed_by(const NodeRef& criterion, const ColumnInfo* column) {
    if (!criterion || criterion->kind() != NodeKind::binary) return std::nullopt;
    const auto& comparison = static_cast<const BinaryNode&>(*criterion);
    const bool is_reversed = is_column(comparison.right(), column);
    if (!is_reversed && !is_column(comparison.left(), column)) return std::nullopt;
    const NodeRef& other = is_reversed ? comparison.left() : comparison.right();
    if (!other || other->kind() != NodeKind::bind) return std::nullopt;
    const auto& bind = static_cast<const BindNode&>(*other);
    if (comparison.op() == Operator::eq) return std::vector{bind.value()};
    if (comparison.op() == Operator::in && bind.width() == 1) return bind.values();
    return std::nullopt;
}

}  // namespace

ShardToken shard_token(std::string_view id) {
    ShardIds& ids = shard_ids();
    const std::lock_guard lock(ids.mutex);
    const auto found = std::find(ids.known.begin(), ids.known.end(), id);
    if (found == ids.known.end()) {
        if (ids.known.size() == std::numeric_limits<ShardToken>::max()) {
            throw ArgumentError(fmt::format("The shard '{}' is one too many: a program can tell {} of them apart", id,
                                            ids.known.size()));
        }
        ids.known.emplace_back(id);
        return static_cast<ShardToken>(ids.known.size());
    }
    return static_cast<ShardToken>(found - ids.known.begin() + 1);
}

std::string shard_id(ShardToken token) {
    ShardIds& ids = shard_ids();
    const std::lock_guard lock(ids.mutex);
    return token == 0 ? std::string{} : ids.known[token - 1U];
}

std::string shard_of(const ObjectHeader& header) { return shard_id(header.shard); }

const Sharding* sharding_of(const SessionState& session) noexcept {
    return session.router ? session.router->sharding().get() : nullptr;
}

Sharding::Sharding(ShardingOptions options_of) : options(std::move(options_of)) {
    if (options.shards.empty()) {
        throw ArgumentError("A sharded session needs at least one shard: {.shards = {{\"north\", engine}, …}}");
    }
    if (!options.shard_chooser) {
        throw ArgumentError("A sharded session needs a shard_chooser: the function that says where a new row goes");
    }
    for (const Shard& shard : options.shards) {
        const ShardToken token = shard.id.empty() ? ShardToken{0} : shard_token(shard.id);
        if (token == 0 || std::find(tokens.begin(), tokens.end(), token) != tokens.end()) {
            throw ArgumentError(fmt::format("The shard '{}': each shard needs an id of its own", shard.id));
        }
        tokens.push_back(token);
    }
}

const Engine& Sharding::engine(ShardToken token) const {
    const auto found = std::find(tokens.begin(), tokens.end(), token);
    if (found == tokens.end()) {
        throw InvalidRequestError(fmt::format("The object's shard '{}' is none of this session's", shard_id(token)));
    }
    return options.shards[static_cast<std::size_t>(found - tokens.begin())].engine;
}

ShardToken Sharding::token_of(std::string_view id, std::string_view who) const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (options.shards[i].id == id) return tokens[i];
    }
    std::vector<std::string_view> known;
    known.reserve(options.shards.size());
    for (const Shard& shard : options.shards) known.push_back(shard.id);
    throw InvalidRequestError(
        fmt::format("{} gave the shard '{}'; this session has: {}", who, id, fmt::join(known, ", ")));
}

namespace {

std::vector<ShardToken> tokens_of(const Sharding& sharding, const std::vector<std::string>& ids, std::string_view who) {
    std::vector<ShardToken> tokens;
    tokens.reserve(ids.size());
    for (const std::string& id : ids) tokens.push_back(sharding.token_of(id, who));
    if (tokens.empty()) throw InvalidRequestError(fmt::format("{} gave no shard at all", who));
    return tokens;
}

}  // namespace

std::vector<ShardToken> Sharding::of_key(const Mapper& mapper, std::span<const Value> key) const {
    return options.id_chooser ? tokens_of(*this, options.id_chooser(ShardKey(mapper, key)), "id_chooser") : tokens;
}

std::vector<ShardToken> Sharding::of_query(const Mapper* mapper, std::span<const NodeRef> criteria) const {
    return options.execute_chooser
               ? tokens_of(*this, options.execute_chooser(ShardQuery(mapper, criteria)), "execute_chooser")
               : tokens;
}

ShardToken Sharding::of_object(ObjectHeader& object) const {
    if (object.shard == 0) object.shard = token_of(options.shard_chooser(AnyPtr(&object)), "shard_chooser");
    return object.shard;
}

SessionLink& Router::shard_link(SessionState& session) {
    const ShardToken shard = session.identities.active_shard();
    if (shard == 0) {
        throw InvalidRequestError(
            "A sharded session does not know which shard this statement is for: use a query, which asks "
            "execute_chooser, or execute_on(shard, …) and connection_to(shard)");
    }
    for (const auto& link : session.links) {
        if (link->place == shard) return *link;
    }
    return session.open_link(shard, sharding_->engine(shard));
}

}  // namespace detail

std::optional<std::vector<Value>> ShardQuery::values_of_node(const NodeRef& column) const {
    if (!column || column->kind() != NodeKind::column) return std::nullopt;
    const ColumnInfo* info = static_cast<const ColumnNode&>(*column).info();
    for (const NodeRef& criterion : criteria_) {
        if (auto values = detail::allowed_by(criterion, info)) return values;
    }
    return std::nullopt;
}

namespace {

std::shared_ptr<SessionCore> sharded_core(ShardingOptions sharding, SessionOptions options) {
    auto known = std::make_shared<const detail::Sharding>(std::move(sharding));
    Engine first = known->options.shards.front().engine;
    return std::make_shared<SessionCore>(std::move(first), std::move(options), std::move(known));
}

}  // namespace

ShardedSession::ShardedSession(ShardingOptions sharding, SessionOptions options)
    : Session(sharded_core(std::move(sharding), std::move(options)), IsOwner{}) {}

Connection& ShardedSession::connection_to(std::string_view shard) {
    detail::SessionState& session = core().state();
    const detail::Sharding& sharding = *detail::sharding_of(session);
    const detail::ShardScope scope(session, sharding.token_of(shard, "The caller"));
    return core().connection();
}

}  // namespace aludel
