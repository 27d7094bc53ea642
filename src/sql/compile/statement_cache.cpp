#include <aludel/sql/compile/statement_cache.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include <list>
#include <mutex>
#include <unordered_map>

#include <aludel/base/error.hpp>
#include <aludel/base/warning.hpp>
#include <aludel/sql/compile/dialect.hpp>

#include "sql/compile/compile_tree.hpp"
#include "sql/compile/structure.hpp"

namespace aludel {

namespace {

// Immutable once it is in the cache, so that a look-up may compare it without the lock.
struct Entry : RefCounted {
    NodeRef statement;
    detail::Structure structure;
    CompiledPtr compiled;
};
using EntryRef = Ref<const Entry>;
using Order = std::list<EntryRef>;

/// A tree in the cache keeps the values that it came with; one that carries more than this is compiled each time
/// instead.
constexpr std::size_t largest_kept_bytes = 65'536;

bool carries_much(const std::vector<const BindNode*>& binds) {
    std::size_t bytes = 0;
    for (const BindNode* bind : binds) {
        bytes += bind->value().as_text().size();
        for (const Value& value : bind->values()) bytes += sizeof(Value) + value.as_text().size();
    }
    return bytes > largest_kept_bytes;
}

}  // namespace

struct StatementCache::State {
    const Dialect& dialect;
    std::size_t capacity;
    bool from_linting;
    mutable std::mutex mutex;
    Order order;  // most recently used first
    std::unordered_multimap<std::uint64_t, Order::iterator> by_hash;
    std::size_t hits = 0, misses = 0;

    /// Fills in the compiled form and the binds, if the statement is here.
    bool find(PreparedStatement& prepared);
    void insert(const EntryRef& entry);
    void evict_oldest();
};

bool StatementCache::State::find(PreparedStatement& prepared) {
    const auto range = by_hash.equal_range(prepared.statement->structural_hash());
    for (auto it = range.first; it != range.second; ++it) {
        const Entry& entry = **it->second;
        std::vector<const BindNode*> binds;
        binds.reserve(entry.structure.binds.size());
        if (!detail::matches(*entry.statement, entry.structure, *prepared.statement, binds)) continue;
        prepared.binds = std::move(binds);
        prepared.compiled = entry.compiled;
        prepared.cached = true;
        order.splice(order.begin(), order, it->second);
        ++hits;
        return true;
    }
    return false;
}

void StatementCache::State::evict_oldest() {
    const auto oldest = std::prev(order.end());
    const auto range = by_hash.equal_range((*oldest)->statement->structural_hash());
    for (auto it = range.first; it != range.second; ++it)
        if (it->second == oldest) {
            by_hash.erase(it);
            break;
        }
    order.erase(oldest);
}

void StatementCache::State::insert(const EntryRef& entry) {
    order.push_front(entry);
    by_hash.emplace(entry->statement->structural_hash(), order.begin());
    while (order.size() > capacity) evict_oldest();
}

StatementCache::StatementCache(const Dialect& dialect, std::size_t capacity, bool from_linting)
    : state_(std::unique_ptr<State>(new State{.dialect = dialect,
                                              .capacity = capacity == 0 ? 1 : capacity,
                                              .from_linting = from_linting,
                                              .mutex = {},
                                              .order = {},
                                              .by_hash = {}})) {}

StatementCache::~StatementCache() = default;

PreparedStatement StatementCache::find(const NodeRef& statement) {
    if (!statement) throw ArgumentError("There is nothing to execute: the statement is empty");
    PreparedStatement prepared;
    prepared.statement = statement;
    {
        const std::scoped_lock lock(state_->mutex);
        if (state_->find(prepared)) return prepared;
        ++state_->misses;
    }
    auto entry = make_ref<Entry>();
    entry->statement = statement;
    entry->structure = detail::Structure::of(*statement);
    entry->compiled =
        detail::compile_tree(*statement, entry->structure, state_->dialect, {.from_linting = state_->from_linting});
    for (const std::string& text : entry->compiled->warnings) detail::warn(text);
    prepared.compiled = entry->compiled;
    prepared.binds = entry->structure.binds;
    // What is in the cache outlives the objects that late values are read from.
    if (statement->has_late_values() || carries_much(prepared.binds)) return prepared;
    const std::scoped_lock lock(state_->mutex);
    // Another thread may have compiled the same statement meanwhile; one of the two is enough.
    if (!state_->find(prepared)) state_->insert(entry);
    return prepared;
}

std::size_t StatementCache::size() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->order.size();
}
std::size_t StatementCache::hits() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->hits;
}
std::size_t StatementCache::misses() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->misses;
}
void StatementCache::clear() {
    const std::scoped_lock lock(state_->mutex);
    state_->by_hash.clear();
    state_->order.clear();
}
const Dialect& StatementCache::dialect() const noexcept { return state_->dialect; }

}  // namespace aludel
