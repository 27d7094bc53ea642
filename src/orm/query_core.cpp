#include <aludel/orm/query_core.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include "orm/query_parts.hpp"
#include "orm/session_state.hpp"
#include "orm/sharding.hpp"

#include <aludel/base/error.hpp>
#include <aludel/sql/compile/compiled.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/expr/rewrite.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <utility>

namespace aludel::detail {

namespace {

NodeRef row_count(std::int64_t rows) {
    return make_ref<BindNode>(Value::of(static_cast<long long>(rows)), "param", SqlType{.kind = TypeKind::integer});
}

void append(std::vector<NodeRef>& to, ExprViews from) {
    if (to.empty()) to.reserve(from.size());
    for (const ExprView expression : from) to.push_back(expression.node());
}

/// The name by which a program knows an expression in a row.
std::string key_of(const NodeRef& node) {
    switch (node->kind()) {
        case NodeKind::column: return as<ColumnNode>(*node).name();
        case NodeKind::label: return as<NamedNode>(*node).name();
        default: return {};
    }
}

/// The error for the join that has no foreign key to go along: the first of the draft's.
[[noreturn]] void throw_unjoinable(const QueryParts& parts) {
    SelectDraft draft = parts.draft;
    const std::vector<JoinStep> joins = std::move(draft.joins);
    draft.joins.clear();
    NodeRef target;
    for (const JoinStep& step : joins) {
        draft.joins.push_back(step);
        target = step.target;
        try {
            (void)freeze(draft);
        } catch (const NoForeignKeysError&) {
            break;
        }
    }
    std::string name = to_string(target);
    for (const QueryElement& each : parts.joined) {
        if (each.mapper != nullptr && same_element(each.node, target)) {
            name = fmt::format("<Mapper; {}>", each.mapper->class_name());
        }
    }
    throw InvalidRequestError(
        fmt::format("Don't know how to join to {}. Please use the .select_from() method to establish an explicit left "
                    "side, as well as providing an explicit ON clause if not present already to help resolve the "
                    "ambiguity.",
                    name));
}

/// The FROM element that an expression needs, if it is a plain column.
NodeRef from_of(const QueryElement& element) {
    if (element.mapper != nullptr) {
        return element.node;
    }
    return element.node->kind() == NodeKind::column ? as<ColumnNode>(*element.node).from() : NodeRef{};
}

void bind(QueryParts& parts, SessionCore* session) {
    parts.was_bound = session != nullptr;
    parts.session = session == nullptr ? std::weak_ptr<SessionCore>() : session->weak_from_this();
}

}  // namespace

std::size_t width_of(const QueryElement& element) {
    return element.mapper == nullptr ? 1 : element.mapper->attributes().size();
}

QueryCore::QueryCore(const QueryCore&) noexcept = default;
QueryCore::QueryCore(QueryCore&&) noexcept = default;
QueryCore& QueryCore::operator=(const QueryCore&) noexcept = default;
QueryCore& QueryCore::operator=(QueryCore&&) noexcept = default;
QueryCore::~QueryCore() = default;

QueryCore::QueryCore(SessionCore* session, std::initializer_list<QueryElement> elements)
    : parts_(make_ref<QueryParts>()) {
    bind(*parts_, session);
    parts_->draft.label_style = LabelStyle::table_column;
    parts_->draft.columns.reserve(elements.size());
    for (const QueryElement& element : elements) {
        parts_->draft.columns.push_back(columns_of_element(element));
    }
    parts_->elements = elements;
}

QueryParts& QueryCore::parts() const {
    if (!parts_) {
        throw InvalidRequestError(
            "This query was moved from: std::move(query) gave what it says to another one. Copy it to use it twice");
    }
    return *parts_;
}

QueryParts& QueryCore::own() {
    if (!parts().unique()) parts_ = make_ref<QueryParts>(*parts_);
    return *parts_;
}

void QueryCore::require_no_limit(std::string_view method) const {
    if (parts().draft.limit || parts().draft.offset) {
        throw InvalidRequestError(
            fmt::format("Query.{0}() being called on a Query which already has LIMIT or OFFSET "
                        "applied. Call {0}() before limit() or offset() are applied.",
                        method));
    }
}

std::shared_ptr<SessionCore> QueryCore::session() const {
    auto session = parts().session.lock();
    if (!session) {
        throw UnboundExecutionError(parts().was_bound
                                        ? "The session of this query is gone; run it with query.with_session(session)"
                                        : "This query belongs to no session; run it with query.with_session(session)");
    }
    return session;
}

void QueryCore::with_session(SessionCore* session) { bind(own(), session); }

void QueryCore::filter(ExprViews criteria) {
    require_no_limit("filter");
    append(own().draft.where, criteria);
}

void QueryCore::order_by(ExprViews columns) {
    require_no_limit("order_by");
    append(own().draft.order_by, columns);
}

void QueryCore::filter_all(const std::vector<NodeRef>& criteria) {
    require_no_limit("filter");
    std::vector<NodeRef>& where = own().draft.where;
    where.insert(where.end(), criteria.begin(), criteria.end());
}

void QueryCore::order_by_all(const std::vector<NodeRef>& columns) { own().draft.order_by = columns; }

void QueryCore::group_by(ExprViews columns) {
    require_no_limit("group_by");
    append(own().draft.group_by, columns);
}

void QueryCore::having(ExprViews criteria) {
    require_no_limit("having");
    append(own().draft.having, criteria);
}

void QueryCore::limit(std::int64_t rows) {
    if (rows < 0) {
        throw ArgumentError(fmt::format("limit({}): a number of rows cannot be negative", rows));
    }
    own().draft.limit = row_count(rows);
}

void QueryCore::offset(std::int64_t rows) {
    if (rows < 0) {
        throw ArgumentError(fmt::format("offset({}): a number of rows cannot be negative", rows));
    }
    own().draft.offset = row_count(rows);
}

void QueryCore::slice(std::int64_t start, std::int64_t stop) {
    const NodeRef& before = parts().draft.offset;
    const std::int64_t skipped = before ? as<BindNode>(*before).value().as_integer() : 0;
    offset(skipped + start);
    limit(std::max<std::int64_t>(stop - start, 0));
}

void QueryCore::distinct() { own().draft.distinct = true; }

void QueryCore::populate_existing() { own().populate_existing = true; }

void QueryCore::set_shard(std::string_view shard) { own().shard = shard; }

void QueryCore::synchronize_session(SynchronizeSession how) { own().synchronize = how; }

void QueryCore::enable_eagerloads(bool on) { own().enable_eagerloads = on; }

void QueryCore::options(std::initializer_list<LoadOption> options) {
    QueryParts& parts = own();
    parts.options.insert(parts.options.end(), options.begin(), options.end());
}

void QueryCore::correlate(std::initializer_list<NodeRef> from) {
    SelectDraft& draft = own().draft;
    draft.correlate.insert(draft.correlate.end(), from.begin(), from.end());
    draft.auto_correlate = false;
}

void QueryCore::with_elements(std::initializer_list<QueryElement> elements, bool keep_present) {
    QueryParts& parts = own();
    if (!keep_present) {
        parts.elements.clear();
        parts.draft.columns.clear();
    }
    for (const QueryElement& element : elements) {
        parts.draft.columns.push_back(columns_of_element(element));
        parts.elements.push_back(element);
    }
}

NodeRef QueryCore::statement() const {
    try {
        return freeze(parts().draft);
    } catch (const NoForeignKeysError&) {
        throw_unjoinable(parts());
    }
}

/// The statement of a query that is not used again. A draft that may turn out not to be joinable is kept for the error.
NodeRef QueryCore::last_statement() const {
    const std::vector<JoinStep>& joins = parts().draft.joins;
    const bool is_joinable =
        std::all_of(joins.begin(), joins.end(), [](const JoinStep& step) { return static_cast<bool>(step.on); });
    return is_joinable && parts().unique() ? freeze(std::move(parts().draft)) : statement();
}

NodeRef QueryCore::inner_statement() const {
    QueryCore inner = *this;
    inner.own().draft.label_style = LabelStyle::disambiguate;
    return inner.statement();
}

std::string QueryCore::text() const {
    const auto session = parts().session.lock();
    const NodeRef shown = loading_statement();
    return session ? to_string(shown, session->engine().dialect()) : to_string(shown);
}

std::vector<std::string> QueryCore::keys() const {
    std::vector<std::string> keys;
    for (const QueryElement& element : parts().elements) {
        if (element.mapper == nullptr) {
            keys.push_back(key_of(element.node));
            continue;
        }
        for (const Attribute* attribute : selected_attributes(*element.mapper)) {
            keys.emplace_back(attribute->name());
        }
    }
    return keys;
}

std::size_t QueryCore::position_of(std::string_view key, std::string_view row_class) const {
    const auto known = keys();
    std::string listed;
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (known[i] == key) {
            return i;
        }
        if (!known[i].empty()) {
            listed += fmt::format("{}{}", listed.empty() ? "" : ", ", known[i]);
        }
    }
    throw NoSuchColumnError(
        fmt::format("{}::{} has no column in this query, which gives: {}. Name an expression with "
                    "label(\"{}\")",
                    row_class, key, listed, key));
}

std::int64_t QueryCore::count() const {
    const auto session = this->session();
    session->autoflush();
    SelectDraft draft;
    draft.label_style = LabelStyle::table_column;
    draft.columns = {
        function_node("count", {Operand(literal_column_node("*", SqlType{}))}, SqlType{.kind = TypeKind::big_integer})};
    draft.from = {subquery_of(with_values_read(statement()))};
    const NodeRef count = freeze(std::move(draft));
    std::int64_t sum = 0;
    for (const ShardToken shard : shards_of(parts(), *session)) {
        const ShardScope scope(session->state(), shard);
        RowCursor rows = session->read(count);
        rows.next();
        sum += rows.row().front().integer;
    }
    return sum;
}

Expr QueryCore::exists() const {
    SelectDraft draft = parts().draft;
    draft.label_style = LabelStyle::none;
    draft.columns = {literal_column_node("1", SqlType{.kind = TypeKind::integer})};
    for (const QueryElement& element : parts().elements) {
        if (const NodeRef from = from_of(element)) {
            draft.from.push_back(from);
        }
    }
    return Expr(exists_node(freeze(std::move(draft))));
}

std::int64_t QueryCore::update(const std::vector<Assignment>& assignments) const {
    const auto session = this->session();
    std::int64_t sum = 0;
    for (const ShardToken shard : shards_of(parts(), *session)) {
        const ShardScope scope(session->state(), shard);
        sum += bulk_update(*session, parts(), assignments);
    }
    return sum;
}

std::int64_t QueryCore::remove() const {
    const auto session = this->session();
    std::int64_t sum = 0;
    for (const ShardToken shard : shards_of(parts(), *session)) {
        const ShardScope scope(session->state(), shard);
        sum += bulk_delete(*session, parts());
    }
    return sum;
}

ObjectHeader* QueryCore::get(std::span<const Value> key) const {
    const SelectDraft& draft = parts().draft;
    if (!draft.where.empty() || draft.limit || draft.offset || !draft.order_by.empty() || !draft.joins.empty() ||
        parts().elements.size() != 1) {
        throw InvalidRequestError("Query.get() being called on a Query with existing criterion.");
    }
    const Mapper& mapper = *parts().elements.front().mapper;
    const auto session = this->session();
    const bool is_plain = parts().options.empty() || key.size() != mapper.primary_key().size();
    if (is_plain || session->state().identities.find(mapper, IdentityKey(mapper, key)) != nullptr) {
        return session->get(mapper, key);
    }
    std::vector<NodeRef> criteria;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const NodeRef column = column_in(parts().elements.front().node, mapper.primary_key()[i]->column());
        criteria.push_back(compare(Operator::eq, column, Operand(key[i])));
    }
    QueryCore by_key = *this;
    by_key.filter_all(criteria);
    QueryRun run = by_key.run();
    return run.next() ? run.object(0) : nullptr;
}

void QueryCore::throw_no_row() { throw NoResultFound("No row was found when one was required"); }

void QueryCore::throw_many_rows(bool none_would_do) {
    throw MultipleResultsFound(none_would_do ? "Multiple rows were found when one or none was required"
                                             : "Multiple rows were found when exactly one was required");
}

std::ostream& print_text(std::ostream& out, const std::string& text) { return out << text; }

}  // namespace aludel::detail
