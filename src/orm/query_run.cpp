// Running a query: rows become objects and cells.
#include "orm/entity_loader.hpp"
#include "orm/query_parts.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace aludel::detail {

namespace {

bool same_from(const NodeRef& a, const NodeRef& b) {
    const bool are_tables = a && b && a->kind() == NodeKind::table && b->kind() == NodeKind::table;
    return a.get() == b.get() || (are_tables && &as<TableNode>(*a).table() == &as<TableNode>(*b).table());
}

/// True if the expression names columns of `from` only; what stands in a subquery adds no FROM element.
bool stays_within(const NodeRef& node, const NodeRef& from) {
    if (!node || node->kind() == NodeKind::select || node->kind() == NodeKind::compound) {
        return true;
    }
    if (node->kind() == NodeKind::column) {
        return same_from(as<ColumnNode>(*node).from(), from);
    }
    const auto parts = node->children();
    return std::all_of(parts.begin(), parts.end(), [&](const NodeRef& part) { return stays_within(part, from); });
}

/// Then no object can come twice.
bool selects_one_from(const SelectDraft& draft, const NodeRef& from) {
    return draft.joins.empty() && draft.from.empty() &&
           std::all_of(draft.where.begin(), draft.where.end(),
                       [&](const NodeRef& criterion) { return stays_within(criterion, from); });
}

}  // namespace

struct QueryRunState {
    QueryRunState(std::shared_ptr<SessionCore> core_of, const QueryParts& parts, RowCursor rows_of)
        : core(std::move(core_of)), session(core->state()), rows(std::move(rows_of)) {
        std::size_t column = 0;
        for (const QueryElement& element : parts.elements) {
            columns.push_back(column);
            if (element.mapper != nullptr) {
                loaders.emplace_back(EntityLoader(session, *element.mapper, column, parts.populate_existing));
            } else {
                loaders.emplace_back(std::nullopt);
            }
            column += width_of(element);
        }
        const bool one_class = parts.elements.size() == 1 && parts.elements.front().mapper != nullptr;
        unique = one_class && !selects_one_from(parts.draft, parts.elements.front().node);
    }

    std::shared_ptr<SessionCore> core;  // a stream that outlives its session finds its rows closed
    SessionState& session;
    RowCursor rows;
    std::vector<std::size_t> columns;  // where each element begins
    std::vector<std::optional<EntityLoader>> loaders;
    bool unique = false;
    std::optional<Hold> current;  // with `unique`: the object of the row
    boost::unordered_flat_set<ObjectHeader*> seen;
    std::vector<Hold> kept;  // what is in `seen` may not die and come back at the same address
};

QueryRun::QueryRun(std::unique_ptr<QueryRunState> state) noexcept : state_(std::move(state)) {}
QueryRun::QueryRun(QueryRun&&) noexcept = default;
QueryRun& QueryRun::operator=(QueryRun&&) noexcept = default;
QueryRun::~QueryRun() = default;

bool QueryRun::next() {
    QueryRunState& state = *state_;
    sweep_if_due(state.session);
    while (state.rows.next()) {
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

ObjectHeader* QueryRun::object(std::size_t element) {
    if (state_->unique) {
        return state_->current->get();
    }
    return state_->loaders[element]->load(state_->rows.row(), context(element));
}

const Cell& QueryRun::cell(std::size_t element) const { return cell_at(state_->columns[element]); }

DecodeContext QueryRun::context(std::size_t element) const { return context_at(state_->columns[element]); }

const Cell& QueryRun::cell_at(std::size_t column) const { return state_->rows.row()[column]; }

DecodeContext QueryRun::context_at(std::size_t column) const {
    return decode_context(*state_->rows.compiled(), column);
}

void QueryRun::annotate(StatementError& error) const { state_->rows.annotate(error); }

QueryRun QueryCore::run() const {
    auto core = session();
    core->autoflush();
    RowCursor rows = core->connection().run(statement());
    return QueryRun(std::make_unique<QueryRunState>(std::move(core), *parts_, std::move(rows)));
}

}  // namespace aludel::detail
