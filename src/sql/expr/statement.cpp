#include <aludel/sql/expr/statement_nodes.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/expr/from_elements.hpp"
#include "sql/expr/structural_hash.hpp"

namespace aludel {

using detail::hash_of;
using detail::mix;
using detail::words_hash;

namespace {

// The clauses of a statement that have any number of parts, in their canonical order.
auto clauses_of(const SelectDraft& d) noexcept {
    return std::array{&d.columns,  &d.from,        &d.where,     &d.group_by, &d.having,
                      &d.order_by, &d.distinct_on, &d.correlate, &d.lock.of,  &d.ctes};
}
auto clauses_of(const CompoundDraft& d) noexcept { return std::array{&d.selects, &d.group_by, &d.order_by}; }
auto clauses_of(const InsertDraft& d) noexcept {
    return std::array{&d.values, &d.returning, &d.ctes, &d.upsert.index_elements, &d.upsert.values};
}
auto clauses_of(const UpdateDraft& d) noexcept { return std::array{&d.values, &d.where, &d.returning, &d.ctes}; }
auto clauses_of(const DeleteDraft& d) noexcept { return std::array{&d.where, &d.returning, &d.ctes}; }

// The children of a statement: what its clauses have, and the parts that stand alone before and behind them.
template <class Draft>
std::vector<NodeRef> flattened(const Draft& draft, std::initializer_list<const NodeRef*> before,
                               std::initializer_list<const NodeRef*> behind) {
    std::size_t count = before.size() + behind.size();
    for (const auto* clause : clauses_of(draft)) count += clause->size();
    std::vector<NodeRef> nodes(count);
    NodeRef* next = nodes.data();
    for (const NodeRef* single : before) *next++ = *single;
    for (const auto* clause : clauses_of(draft))
        for (const NodeRef& node : *clause) *next++ = node;
    for (const NodeRef* single : behind) *next++ = *single;
    return nodes;
}

template <class Draft>
std::uint64_t sizes_hash(const Draft& draft) {
    std::uint64_t result = 0;
    for (const auto* clause : clauses_of(draft)) result = mix(result, clause->size());
    return result;
}

template <class Draft>
bool same_sizes(const Draft& a, const Draft& b) {
    const auto mine = clauses_of(a), its = clauses_of(b);
    return std::equal(mine.begin(), mine.end(), its.begin(),
                      [](const auto* x, const auto* y) { return x->size() == y->size(); });
}

std::uint64_t select_flags(const SelectDraft& d) {
    return static_cast<std::uint64_t>(d.label_style) | (d.distinct ? 4U : 0U) | (d.auto_correlate ? 8U : 0U) |
           (d.lock.active ? 16U : 0U) | (d.lock.read ? 32U : 0U) | (d.lock.nowait ? 64U : 0U) |
           (d.lock.skip_locked ? 128U : 0U) | (d.lock.key_share ? 256U : 0U) | (d.with_ties ? 512U : 0U) |
           (d.percent ? 1024U : 0U);
}

std::uint64_t select_words(std::uint64_t seed, const SelectDraft& d) {
    seed = words_hash(words_hash(words_hash(seed, d.prefixes), d.suffixes), d.statement_hints);
    for (const TableHint& hint : d.hints) seed = mix(mix(seed, hash_of(hint.words.text)), hash_of(hint.words.dialect));
    return seed;
}

bool same_words(const SelectDraft& a, const SelectDraft& b) {
    return a.prefixes == b.prefixes && a.suffixes == b.suffixes && a.statement_hints == b.statement_hints &&
           std::equal(a.hints.begin(), a.hints.end(), b.hints.begin(), b.hints.end(),
                      [](const TableHint& x, const TableHint& y) { return x.words == y.words; });
}

// What the words and numbers of an UPDATE or DELETE add to its text.
template <class Draft>
std::uint64_t dml_options(std::uint64_t seed, const Draft& draft) {
    seed = mix(seed, static_cast<std::uint64_t>(draft.limit) * 2 + (draft.only ? 1U : 0U));
    return words_hash(seed, draft.prefixes);
}

template <class Draft>
bool same_options(const Draft& a, const Draft& b) {
    return a.limit == b.limit && a.only == b.only && a.prefixes == b.prefixes;
}

std::uint64_t columns_hash(const std::vector<const ColumnInfo*>& columns) {
    std::uint64_t result = 0;
    for (const ColumnInfo* column : columns) result = mix(result, column->table().id() * 1024 + column->position());
    return result;
}

void require_table(const NodeRef& table, const char* statement) {
    if (!table || table->kind() != NodeKind::table) throw ArgumentError(std::string(statement) + " needs a table");
}

void require_columns_of(const NodeRef& table, const std::vector<const ColumnInfo*>& columns) {
    const TableInfo& info = detail::as<TableNode>(*table).table();
    for (const ColumnInfo* column : columns)
        if (&column->table() != &info) throw CompileError("Unconsumed column names: " + column->full_name());
}

}  // namespace

// ---- SELECT

SelectNode::SelectNode(SelectDraft&& draft)
    : SqlNode(NodeKind::select, Operator::none, SqlType{}),
      parts_(std::move(draft)),
      flat_(flattened(parts_, {}, {&parts_.limit, &parts_.offset, &parts_.fetch})) {
    for (const TableHint& hint : parts_.hints) flat_.push_back(hint.from);
    const std::uint64_t local = select_words(mix(sizes_hash(parts_), select_flags(parts_)), parts_);
    seal(flat_.data(), flat_.size(), local);
}

bool SelectNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const SelectNode&>(other);
    return same_sizes(parts_, that.parts_) && select_flags(parts_) == select_flags(that.parts_) &&
           same_words(parts_, that.parts_);
}

// ---- UNION and its like

CompoundNode::CompoundNode(CompoundDraft&& draft)
    : SqlNode(NodeKind::compound, Operator::none, SqlType{}),
      parts_(std::move(draft)),
      flat_(flattened(parts_, {}, {&parts_.limit, &parts_.offset})) {
    const std::uint64_t local = mix(sizes_hash(parts_), static_cast<std::uint64_t>(parts_.kind));
    seal(flat_.data(), flat_.size(), local);
}

bool CompoundNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const CompoundNode&>(other);
    return same_sizes(parts_, that.parts_) && parts_.kind == that.parts_.kind;
}

// ---- INSERT, UPDATE, DELETE

InsertNode::InsertNode(InsertDraft&& draft)
    : SqlNode(NodeKind::insert, Operator::none, SqlType{}),
      parts_(std::move(draft)),
      flat_(flattened(parts_, {&parts_.table, &parts_.select}, {&parts_.upsert.index_where, &parts_.upsert.where})) {
    const UpsertDraft& upsert = parts_.upsert;
    std::uint64_t local = mix(sizes_hash(parts_), columns_hash(parts_.columns));
    local = mix(mix(local, static_cast<std::uint64_t>(upsert.kind)), hash_of(upsert.constraint));
    local = words_hash(mix(local, columns_hash(upsert.columns)), parts_.prefixes);
    seal(flat_.data(), flat_.size(), local);
}

bool InsertNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const InsertNode&>(other);
    const UpsertDraft &mine = parts_.upsert, &its = that.parts_.upsert;
    return same_sizes(parts_, that.parts_) && parts_.columns == that.parts_.columns &&
           parts_.prefixes == that.parts_.prefixes && mine.kind == its.kind && mine.constraint == its.constraint &&
           mine.columns == its.columns;
}

UpdateNode::UpdateNode(UpdateDraft&& draft)
    : SqlNode(NodeKind::update, Operator::none, SqlType{}),
      parts_(std::move(draft)),
      flat_(flattened(parts_, {&parts_.table}, {})) {
    const std::uint64_t local = dml_options(mix(sizes_hash(parts_), columns_hash(parts_.columns)), parts_);
    seal(flat_.data(), flat_.size(), local);
}

bool UpdateNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const UpdateNode&>(other);
    return same_sizes(parts_, that.parts_) && parts_.columns == that.parts_.columns &&
           same_options(parts_, that.parts_);
}

DeleteNode::DeleteNode(DeleteDraft&& draft)
    : SqlNode(NodeKind::delete_, Operator::none, SqlType{}),
      parts_(std::move(draft)),
      flat_(flattened(parts_, {&parts_.table}, {})) {
    const std::uint64_t local = dml_options(sizes_hash(parts_), parts_);
    seal(flat_.data(), flat_.size(), local);
}

bool DeleteNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const DeleteNode&>(other);
    return same_sizes(parts_, that.parts_) && same_options(parts_, that.parts_);
}

// ---- freeze

NodeRef freeze(SelectDraft&& draft) {
    if (!draft.joins.empty()) detail::resolve_joins(draft);
    return make_ref<SelectNode>(std::move(draft));
}

NodeRef freeze(const SelectDraft& draft) { return freeze(SelectDraft(draft)); }

NodeRef freeze(CompoundDraft draft) {
    if (draft.selects.empty()) throw ArgumentError("A UNION, INTERSECT or EXCEPT needs at least one SELECT");
    return make_ref<CompoundNode>(std::move(draft));
}

NodeRef freeze(InsertDraft draft) {
    require_table(draft.table, "INSERT");
    require_columns_of(draft.table, draft.columns);
    require_columns_of(draft.table, draft.upsert.columns);
    if (!draft.select &&
        (draft.columns.empty() ? !draft.values.empty()
                               : draft.values.size() % draft.columns.size() != 0 || draft.values.empty()))
        throw ArgumentError("INSERT needs a value for each of its columns in each row");
    return make_ref<InsertNode>(std::move(draft));
}

NodeRef freeze(UpdateDraft draft) {
    require_table(draft.table, "UPDATE");
    if (draft.columns.size() != draft.values.size())
        throw ArgumentError("UPDATE needs one value for each of its columns");
    if (draft.columns.empty()) throw CompileError("UPDATE needs at least one column to set");
    if (!draft.ordered) {
        std::vector<std::size_t> order(draft.columns.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const std::size_t left = draft.columns[a]->position(), right = draft.columns[b]->position();
            return left == right ? a < b : left < right;
        });
        if (!std::is_sorted(order.begin(), order.end())) {
            std::vector<const ColumnInfo*> columns;
            std::vector<NodeRef> values;
            for (const std::size_t i : order) {
                columns.push_back(draft.columns[i]);
                values.push_back(std::move(draft.values[i]));
            }
            draft.columns = std::move(columns);
            draft.values = std::move(values);
        }
    }
    require_columns_of(draft.table, draft.columns);
    return make_ref<UpdateNode>(std::move(draft));
}

NodeRef freeze(DeleteDraft draft) {
    require_table(draft.table, "DELETE");
    return make_ref<DeleteNode>(std::move(draft));
}

// ---- parts

NodeRef parameter_for(const ColumnInfo& column, Value value) {
    return make_ref<BindNode>(BindNode::Named{}, column.name(), std::move(value), false, column.type());
}

NodeRef parameter_for(const ColumnInfo& column) {
    return make_ref<BindNode>(BindNode::Named{}, column.name(), Value(), true, column.type());
}

NodeRef alias_of(NodeRef table, std::string name) {
    return make_ref<AliasNode>(NodeKind::alias, std::move(table), std::move(name));
}

NodeRef subquery_of(NodeRef select, std::string name) {
    return make_ref<AliasNode>(NodeKind::subquery, std::move(select), std::move(name));
}

NodeRef cte_of(NodeRef select, std::string name, bool recursive) {
    return make_ref<AliasNode>(NodeKind::cte, std::move(select), std::move(name), recursive);
}

NodeRef lateral_of(NodeRef select, std::string name) {
    AliasTraits traits;
    traits.lateral = true;
    return make_ref<AliasNode>(NodeKind::subquery, std::move(select), std::move(name), std::move(traits));
}

NodeRef completed_cte(const NodeRef& cte, CompoundKind kind, NodeRef other) {
    if (!cte || cte->kind() != NodeKind::cte)
        throw ArgumentError(
            "Only a common table expression, made by cte(), can be completed by union_() or union_all()");
    const auto& first = detail::as<AliasNode>(*cte);
    CompoundDraft draft;
    draft.kind = kind;
    draft.selects = {first.element(), std::move(other)};
    AliasTraits traits = first.traits();
    traits.restates = cte;
    return make_ref<AliasNode>(NodeKind::cte, freeze(std::move(draft)), first.name(), std::move(traits));
}

NodeRef cte_with_words(const NodeRef& cte, StatementWords words, bool behind) {
    if (!cte || cte->kind() != NodeKind::cte)
        throw ArgumentError("Only a common table expression, made by cte(), takes words around its parentheses");
    const auto& known = detail::as<AliasNode>(*cte);
    AliasTraits traits = known.traits();
    (behind ? traits.suffixes : traits.prefixes).push_back(std::move(words));
    return make_ref<AliasNode>(NodeKind::cte, known.element(), known.name(), std::move(traits));
}

NodeRef sample_of(NodeRef table, NodeRef sample, std::string name, NodeRef seed) {
    AliasTraits traits;
    traits.sample = std::move(sample);
    traits.seed = std::move(seed);
    return make_ref<AliasNode>(NodeKind::alias, std::move(table), std::move(name), std::move(traits));
}

NodeRef row_source_of(RowSourceDraft draft) {
    if (draft.columns.empty()) throw ArgumentError("Rows of values or of a function need the names of their columns");
    if (!draft.function && draft.cells.size() % draft.columns.size() != 0)
        throw ArgumentError("values() needs a value for each of its columns in each row");
    return make_ref<RowSourceNode>(std::move(draft));
}

NodeRef join_of(NodeRef left, NodeRef right, NodeRef on, bool outer, bool full) {
    if (!on) on = detail::condition_from_foreign_keys(*left, left, right);
    return make_ref<JoinNode>(std::move(left), std::move(right), std::move(on), outer, full);
}

}  // namespace aludel
