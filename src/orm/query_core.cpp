#include <aludel/orm/query_core.hpp>

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

QueryCore::QueryCore(std::shared_ptr<const QueryParts> parts) noexcept : parts_(std::move(parts)) {}

QueryCore::QueryCore(SessionCore* session, std::initializer_list<QueryElement> elements) {
    auto parts = std::make_shared<QueryParts>();
    bind(*parts, session);
    parts->draft.label_style = LabelStyle::table_column;
    for (const QueryElement& element : elements) {
        parts->draft.columns.push_back(columns_of_element(element));
    }
    parts->elements = elements;
    parts_ = std::move(parts);
}

void QueryCore::require_no_limit(std::string_view method) const {
    if (parts_->draft.limit || parts_->draft.offset) {
        throw InvalidRequestError(
            fmt::format("Query.{0}() being called on a Query which already has LIMIT or OFFSET "
                        "applied. Call {0}() before limit() or offset() are applied.",
                        method));
    }
}

std::shared_ptr<SessionCore> QueryCore::session() const {
    auto session = parts_->session.lock();
    if (!session) {
        throw UnboundExecutionError(parts_->was_bound
                                        ? "The session of this query is gone; run it with query.with_session(session)"
                                        : "This query belongs to no session; run it with query.with_session(session)");
    }
    return session;
}

QueryCore QueryCore::with_session(SessionCore* session) const {
    return changed([&](QueryParts& parts) { bind(parts, session); });
}

QueryCore QueryCore::filter(ExprViews criteria) const {
    require_no_limit("filter");
    return changed([&](QueryParts& parts) { append(parts.draft.where, criteria); });
}

QueryCore QueryCore::order_by(ExprViews columns) const {
    require_no_limit("order_by");
    return changed([&](QueryParts& parts) { append(parts.draft.order_by, columns); });
}

QueryCore QueryCore::filtered_by(const std::vector<NodeRef>& criteria) const {
    require_no_limit("filter");
    return changed([&](QueryParts& parts) {
        parts.draft.where.insert(parts.draft.where.end(), criteria.begin(), criteria.end());
    });
}

QueryCore QueryCore::ordered_by(const std::vector<NodeRef>& columns) const {
    return changed([&](QueryParts& parts) { parts.draft.order_by = columns; });
}

QueryCore QueryCore::group_by(ExprViews columns) const {
    require_no_limit("group_by");
    return changed([&](QueryParts& parts) { append(parts.draft.group_by, columns); });
}

QueryCore QueryCore::having(ExprViews criteria) const {
    require_no_limit("having");
    return changed([&](QueryParts& parts) { append(parts.draft.having, criteria); });
}

QueryCore QueryCore::limit(std::int64_t rows) const {
    if (rows < 0) {
        throw ArgumentError(fmt::format("limit({}): a number of rows cannot be negative", rows));
    }
    return changed([&](QueryParts& parts) { parts.draft.limit = row_count(rows); });
}

QueryCore QueryCore::offset(std::int64_t rows) const {
    if (rows < 0) {
        throw ArgumentError(fmt::format("offset({}): a number of rows cannot be negative", rows));
    }
    return changed([&](QueryParts& parts) { parts.draft.offset = row_count(rows); });
}

QueryCore QueryCore::slice(std::int64_t start, std::int64_t stop) const {
    const NodeRef& before = parts_->draft.offset;
    const std::int64_t skipped = before ? as<BindNode>(*before).value().as_integer() : 0;
    return offset(skipped + start).limit(std::max<std::int64_t>(stop - start, 0));
}

QueryCore QueryCore::distinct() const {
    return changed([](QueryParts& parts) { parts.draft.distinct = true; });
}

QueryCore QueryCore::populate_existing() const {
    return changed([](QueryParts& parts) { parts.populate_existing = true; });
}

QueryCore QueryCore::set_shard(std::string_view shard) const {
    return changed([&](QueryParts& parts) { parts.shard = shard; });
}

QueryCore QueryCore::synchronize_session(SynchronizeSession how) const {
    return changed([&](QueryParts& parts) { parts.synchronize = how; });
}

QueryCore QueryCore::enable_eagerloads(bool on) const {
    return changed([&](QueryParts& parts) { parts.enable_eagerloads = on; });
}

QueryCore QueryCore::options(const std::vector<LoadOption>& options) const {
    return changed(
        [&](QueryParts& parts) { parts.options.insert(parts.options.end(), options.begin(), options.end()); });
}

QueryCore QueryCore::correlate(std::initializer_list<NodeRef> from) const {
    return changed([&](QueryParts& parts) {
        parts.draft.correlate.insert(parts.draft.correlate.end(), from.begin(), from.end());
        parts.draft.auto_correlate = false;
    });
}

QueryCore QueryCore::with_elements(std::initializer_list<QueryElement> elements, bool keep_present) const {
    return changed([&](QueryParts& parts) {
        if (!keep_present) {
            parts.elements.clear();
            parts.draft.columns.clear();
        }
        for (const QueryElement& element : elements) {
            parts.draft.columns.push_back(columns_of_element(element));
            parts.elements.push_back(element);
        }
    });
}

NodeRef QueryCore::statement() const {
    try {
        return freeze(parts_->draft);
    } catch (const NoForeignKeysError&) {
        throw_unjoinable(*parts_);
    }
}

NodeRef QueryCore::inner_statement() const {
    return changed([](QueryParts& parts) { parts.draft.label_style = LabelStyle::disambiguate; }).statement();
}

std::string QueryCore::text() const {
    const auto session = parts_->session.lock();
    const NodeRef shown = loading_statement();
    return session ? to_string(shown, session->engine().dialect()) : to_string(shown);
}

std::vector<std::string> QueryCore::keys() const {
    std::vector<std::string> keys;
    for (const QueryElement& element : parts_->elements) {
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
    for (const ShardToken shard : shards(*session)) {
        const ShardScope scope(session->state(), shard);
        RowCursor rows = session->read(count);
        rows.next();
        sum += rows.row().front().integer;
    }
    return sum;
}

Expr QueryCore::exists() const {
    SelectDraft draft = parts_->draft;
    draft.label_style = LabelStyle::none;
    draft.columns = {literal_column_node("1", SqlType{.kind = TypeKind::integer})};
    for (const QueryElement& element : parts_->elements) {
        if (const NodeRef from = from_of(element)) {
            draft.from.push_back(from);
        }
    }
    return Expr(exists_node(freeze(std::move(draft))));
}

std::int64_t QueryCore::update(const std::vector<Assignment>& assignments) const {
    const auto session = this->session();
    std::int64_t sum = 0;
    for (const ShardToken shard : shards(*session)) {
        const ShardScope scope(session->state(), shard);
        sum += bulk_update(*session, *parts_, assignments);
    }
    return sum;
}

std::int64_t QueryCore::remove() const {
    const auto session = this->session();
    std::int64_t sum = 0;
    for (const ShardToken shard : shards(*session)) {
        const ShardScope scope(session->state(), shard);
        sum += bulk_delete(*session, *parts_);
    }
    return sum;
}

ObjectHeader* QueryCore::get(std::span<const Value> key) const {
    const SelectDraft& draft = parts_->draft;
    if (!draft.where.empty() || draft.limit || draft.offset || !draft.order_by.empty() || !draft.joins.empty() ||
        parts_->elements.size() != 1) {
        throw InvalidRequestError("Query.get() being called on a Query with existing criterion.");
    }
    const Mapper& mapper = *parts_->elements.front().mapper;
    const auto session = this->session();
    const bool is_plain = parts_->options.empty() || key.size() != mapper.primary_key().size();
    if (is_plain || session->state().identities.find(mapper, IdentityKey(mapper, key)) != nullptr) {
        return session->get(mapper, key);
    }
    std::vector<NodeRef> criteria;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const NodeRef column = column_in(parts_->elements.front().node, mapper.primary_key()[i]->column());
        criteria.push_back(compare(Operator::eq, column, Operand(key[i])));
    }
    QueryRun run = filtered_by(criteria).run();
    return run.next() ? run.object(0) : nullptr;
}

void QueryCore::throw_no_row() { throw NoResultFound("No row was found when one was required"); }

void QueryCore::throw_many_rows(bool none_would_do) {
    throw MultipleResultsFound(none_would_do ? "Multiple rows were found when one or none was required"
                                             : "Multiple rows were found when exactly one was required");
}

std::ostream& print_text(std::ostream& out, const std::string& text) { return out << text; }

}  // namespace aludel::detail
