// Running a query: rows become objects and cells.
#include "orm/eager_load.hpp"
#include "orm/entity_loader.hpp"
#include "orm/query_parts.hpp"
#include "orm/query_plan.hpp"
#include "orm/sharding.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/nodes.hpp>
#include <aludel/sql/expr/rewrite.hpp>

#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace aludel::detail {

namespace {

constexpr std::size_t most_expected = 100;   // of the rows that a LIMIT promises
constexpr std::size_t rows_per_chunk = 500;  // of a stream with relationships that are loaded by keys

/// True if the expression names columns of `from` only; what stands in a subquery adds no FROM element.
bool stays_within(const NodeRef& node, const NodeRef& from) {
    if (!node || node->kind() == NodeKind::select || node->kind() == NodeKind::compound) {
        return true;
    }
    if (node->kind() == NodeKind::column) {
        return as<ColumnNode>(*node).from() && same_element(as<ColumnNode>(*node).from(), from);
    }
    const auto parts = node->children();
    return std::all_of(parts.begin(), parts.end(), [&](const NodeRef& part) { return stays_within(part, from); });
}

/// Whether a row may repeat another: not where all is of one class without joins. SQLAlchemy leaves rows without any
/// object as they are.
bool may_repeat(const QueryParts& parts) {
    const auto entity = std::find_if(parts.elements.begin(), parts.elements.end(),
                                     [](const QueryElement& element) { return element.mapper != nullptr; });
    if (entity == parts.elements.end()) {
        return false;
    }
    const auto within = [&](const NodeRef& node) { return stays_within(node, entity->node); };
    const auto element_within = [&](const QueryElement& element) {
        return &element == &*entity || (element.mapper == nullptr && within(element.node));
    };
    const SelectDraft& draft = parts.draft;
    return !draft.joins.empty() || !draft.from.empty() ||
           !std::all_of(draft.where.begin(), draft.where.end(), within) ||
           !std::all_of(parts.elements.begin(), parts.elements.end(), element_within);
}

/// Then objects remember which others came with them.
bool watches_lazy_loads(const SessionCore* session) {
    return session != nullptr && session->options().n_plus_one != NPlusOne::ignore;
}

bool wants_plan(const QueryParts& parts, const SessionCore* session) {
    const auto is_special = [](const QueryElement& element) {
        return element.mapper != nullptr && needs_plan(*element.mapper);
    };
    return !parts.options.empty() || std::any_of(parts.elements.begin(), parts.elements.end(), is_special) ||
           watches_lazy_loads(session);
}

QueryPlan planned(const QueryParts& parts, const SessionCore* session) {
    PlanRequest request;
    request.elements.assign(parts.elements.begin(), parts.elements.end());
    request.draft = parts.draft;
    request.options = bind_options(parts.options, request.elements);
    request.joins_eagerly = parts.enable_eagerloads;
    request.keeps_siblings = watches_lazy_loads(session);
    return make_plan(std::move(request));
}

/// Who asks for single rows may leave the others.
Reading reading_of(Delivery how) { return how == Delivery::stream ? Reading::streamed : Reading::stored; }

bool is_plain(const QueryPlan& plan) {
    return std::all_of(plan.elements.begin(), plan.elements.end(),
                       [](const ElementPlan& element) { return !element.entity || element.entity->is_plain(); });
}

}  // namespace

struct QueryRunState {
    QueryRunState(std::shared_ptr<SessionCore> core_of, QueryPlan plan_of, RowCursor rows_of)
        : core(std::move(core_of)), session(core->state()), plan(std::move(plan_of)), rows(std::move(rows_of)) {
        columns.reserve(plan.elements.size());
        for (const ElementPlan& element : plan.elements) columns.push_back(static_cast<std::uint32_t>(element.column));
    }

    /// Row by row.
    void read_singly(bool populate_existing, bool is_unique, std::size_t limit) {
        most_rows = std::min(limit, most_expected);
        unique = is_unique;
        if (std::none_of(plan.elements.begin(), plan.elements.end(),
                         [](const ElementPlan& element) { return element.entity != nullptr; })) {
            return;
        }
        loaders.resize(plan.elements.size());
        for (std::size_t i = 0; i < loaders.size(); ++i) {
            if (const EntityPlan* entity = plan.elements[i].entity.get()) {
                loaders[i].emplace(session, *entity->mapper, entity->first, entity->cells, populate_existing);
            }
        }
    }
    /// Many rows at once, with what is loaded with them.
    void read_together(const QueryParts& parts, Delivery how, bool repeats) {
        chunk = how == Delivery::stream ? rows_per_chunk : 0;
        if (chunk != 0 && (plan.joins_collections || plan.loads_by_subquery)) {
            throw InvalidRequestError(
                "stream() cannot be used with eager loaders that need all rows at once: joinedload() or "
                "contains_eager() of a collection, or subqueryload(). Use selectinload(), or all()");
        }
        unique = how == Delivery::objects && (plan.joins_collections || repeats);
        loaded = std::make_unique<LoadedRows>(session, std::move(plan), parts.populate_existing, true);
    }
    bool next_together() {
        if (++row < loaded->size()) {
            return true;
        }
        row = 0;
        if (loaded->is_at_end()) return false;
        sweep_if_due(session);
        return loaded->read(rows, chunk, unique);
    }

    std::shared_ptr<SessionCore> core;  // a stream that outlives its session finds its rows closed
    SessionState& session;
    QueryPlan plan;
    RowCursor rows;
    boost::container::small_vector<std::uint32_t, 4> columns;  // the elements' places in the row
    bool unique = false;
    std::size_t most_rows = 0;  // as a small LIMIT says
    // -- of a sharded session
    ShardToken shard = 0;
    std::vector<ShardToken> other_shards;  // whose rows follow
    std::optional<QueryCore> query;        // what runs there
    Delivery delivery = Delivery::objects;
    // -- row by row
    std::vector<std::optional<EntityLoader>> loaders;  // one for each element, if any makes objects
    std::optional<Hold> current;                       // with `unique`: the object of the row
    boost::unordered_flat_set<ObjectHeader*> seen;
    std::vector<Hold> kept;  // what is in `seen` may not die and come back at the same address
    // -- together
    std::unique_ptr<LoadedRows> loaded;
    std::size_t chunk = 0, row = 0;
    Cell cell;
};

QueryRun::QueryRun(std::unique_ptr<QueryRunState> state) noexcept
    : state_(std::move(state)), columns_(state_->columns.data()), source_(decode_context(*state_->rows.compiled())) {}
QueryRun::QueryRun(QueryRun&&) noexcept = default;
QueryRun& QueryRun::operator=(QueryRun&&) noexcept = default;
QueryRun::~QueryRun() = default;

inline bool QueryRun::next_here() {
    QueryRunState& state = *state_;
    if (state.loaded) {
        return state.next_together();
    }
    if (!state.loaders.empty()) sweep_if_due(state.session);
    while (state.rows.next()) {
        row_ = state.rows.row().data();
        if (!state.unique) {
            return true;
        }
        ObjectHeader* header = state.loaders.front()->load(state.rows.row(), context(0));
        if (header != nullptr && state.seen.insert(header).second) {
            state.current = Hold(*header);
            state.kept.emplace_back(*header);
            return true;
        }
    }
    return false;
}

bool QueryRun::next() {
    if (state_->shard == 0) return next_here();  // no sharded session
    for (;;) {
        const ShardScope scope(state_->session, state_->shard);
        if (next_here()) return true;
        if (state_->other_shards.empty()) return false;
        *this = state_->query->run_on(state_->core, std::vector(state_->other_shards), state_->delivery,
                                      reading_of(state_->delivery));
    }
}

ObjectHeader* QueryRun::object(std::size_t element) {
    if (state_->loaded) {
        return state_->loaded->object(state_->row, element);
    }
    if (state_->unique) {
        return state_->current->get();
    }
    const ShardScope scope(state_->session, state_->shard);
    return state_->loaders[element]->load(state_->rows.row(), context(element));
}

const Cell& QueryRun::kept_cell(std::size_t element) const {
    state_->cell = Cell::of(state_->loaded->value(state_->row, element));
    return state_->cell;
}

std::size_t QueryRun::row_count() const noexcept {
    const std::size_t received = state_->rows.row_count();
    return received != 0 ? received : state_->most_rows;
}

void QueryRun::annotate(StatementError& error) const { state_->rows.annotate(error); }

namespace {

void append_all(QueryRun run, void* rows, void (*append)(void* rows, QueryRun& run)) {
    try {
        while (run.next()) append(rows, run);
    } catch (StatementError& error) {
        run.annotate(error);
        throw;
    }
}

/// So many rows at most, as a LIMIT says; 0 where it does not.
std::size_t limit_of(const SelectDraft& draft) {
    const bool is_number = draft.limit && draft.limit->kind() == NodeKind::bind;
    return is_number ? static_cast<std::size_t>(as<BindNode>(*draft.limit).value().as_integer()) : 0;
}

}  // namespace

void QueryCore::read_all(void* rows, void (*append)(void* rows, QueryRun& run)) const& {
    append_all(run(Delivery::objects, Reading::at_once), rows, append);
}

void QueryCore::read_all(void* rows, void (*append)(void* rows, QueryRun& run)) && {
    const QueryCore last = std::move(*this);
    append_all(last.run(Delivery::objects, Reading::at_once, true), rows, append);
}

NodeRef QueryCore::loading_statement() const {
    const auto session = parts().session.lock();
    return wants_plan(parts(), session.get()) ? planned(parts(), session.get()).statement : statement();
}

ShardTokens shards_of(const QueryParts& parts, SessionCore& session) {
    const Sharding* sharding = sharding_of(session.state());
    if (sharding == nullptr) return {0};
    if (!parts.shard.empty()) return {sharding->token_of(parts.shard, "set_shard()")};
    if (const ShardToken active = session.state().identities.active_shard()) return {active};
    const std::vector<ShardToken> chosen = sharding->of_query(parts.elements.front().mapper, parts.draft.where);
    return {chosen.begin(), chosen.end()};
}

QueryRun QueryCore::run(Delivery how) const { return run(how, reading_of(how)); }

QueryRun QueryCore::run(Delivery how, Reading reading, bool is_last) const {
    auto core = session();
    core->autoflush();
    const ShardTokens shards = shards_of(parts(), *core);
    return run_on(std::move(core), shards, how, reading, is_last && shards.size() == 1);
}

QueryRun QueryCore::run_on(std::shared_ptr<SessionCore> core, std::span<const ShardToken> shards, Delivery how,
                           Reading reading, bool is_last) const {
    const ShardScope scope(core->state(), shards.front());
    const bool is_planned = how != Delivery::cells && wants_plan(parts(), core.get());
    const bool repeats = how != Delivery::cells && may_repeat(parts());
    const std::size_t limit = limit_of(parts().draft);
    QueryPlan plan = is_planned ? planned(parts(), core.get())
                                : plain_plan(parts().elements, is_last ? last_statement() : statement());
    RowCursor rows = core->read(with_values_read(plan.statement), {}, reading);
    auto state = std::make_unique<QueryRunState>(std::move(core), std::move(plan), std::move(rows));
    state->shard = shards.front();
    if (shards.size() > 1) {
        state->other_shards.assign(shards.begin() + 1, shards.end());
        state->query = *this;
        state->delivery = how;
    }
    const bool several = parts().elements.size() > 1;
    if (!is_plain(state->plan) || (several && how == Delivery::objects && repeats)) {
        state->read_together(parts(), how, repeats);
    } else {
        state->read_singly(parts().populate_existing, !several && repeats, limit);
    }
    return QueryRun(std::move(state));
}

}  // namespace aludel::detail
