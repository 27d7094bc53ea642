#include <aludel/sql/expr/statement.hpp>

#include <algorithm>

#include <aludel/base/error.hpp>
#include <aludel/sql/expr/build.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/expr/from_elements.hpp"
#include "sql/expr/structural_hash.hpp"

namespace aludel {

using detail::hash_of;
using detail::mix;

namespace {

// The children of a statement one after the other, and how many each clause has.
struct Flattened {
    std::vector<NodeRef> nodes;
    std::vector<std::uint32_t> sizes;

    Flattened() { sizes.reserve(9); }  // as many clauses as a SELECT has

    void add(const std::vector<NodeRef>& clause) {
        nodes.insert(nodes.end(), clause.begin(), clause.end());
        sizes.push_back(static_cast<std::uint32_t>(clause.size()));
    }
    void add(const NodeRef& single) { nodes.push_back(single); }
    std::uint64_t hash() const {
        std::uint64_t result = 0;
        for (const std::uint32_t size : sizes) result = mix(result, size);
        return result;
    }
};

std::uint64_t select_flags(const SelectDraft& d) {
    return static_cast<std::uint64_t>(d.label_style) | (d.distinct ? 4U : 0U) | (d.auto_correlate ? 8U : 0U) |
           (d.lock.active ? 16U : 0U) | (d.lock.read ? 32U : 0U) | (d.lock.nowait ? 64U : 0U) |
           (d.lock.skip_locked ? 128U : 0U);
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

SelectNode::SelectNode(SelectDraft draft)
    : SqlNode(NodeKind::select, Operator::none, SqlType{}), parts_(std::move(draft)) {
    Flattened flat;
    flat.nodes.reserve(parts_.columns.size() + parts_.from.size() + parts_.where.size() + parts_.order_by.size() + 4);
    flat.add(parts_.columns);
    flat.add(parts_.from);
    flat.add(parts_.where);
    flat.add(parts_.group_by);
    flat.add(parts_.having);
    flat.add(parts_.order_by);
    flat.add(parts_.distinct_on);
    flat.add(parts_.correlate);
    flat.add(parts_.lock.of);
    flat.add(parts_.limit);
    flat.add(parts_.offset);
    std::uint64_t local = mix(flat.hash(), select_flags(parts_));
    for (const std::string& prefix : parts_.prefixes) local = mix(local, hash_of(prefix));
    flat_ = std::move(flat.nodes);
    sizes_ = std::move(flat.sizes);
    seal(flat_.data(), flat_.size(), local);
}

bool SelectNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const SelectNode&>(other);
    return sizes_ == that.sizes_ && select_flags(parts_) == select_flags(that.parts_) &&
           parts_.prefixes == that.parts_.prefixes;
}

// ---- UNION and its like

CompoundNode::CompoundNode(CompoundDraft draft)
    : SqlNode(NodeKind::compound, Operator::none, SqlType{}), parts_(std::move(draft)) {
    Flattened flat;
    flat.add(parts_.selects);
    flat.add(parts_.group_by);
    flat.add(parts_.order_by);
    flat.add(parts_.limit);
    flat.add(parts_.offset);
    const std::uint64_t local = mix(flat.hash(), static_cast<std::uint64_t>(parts_.kind));
    flat_ = std::move(flat.nodes);
    sizes_ = std::move(flat.sizes);
    seal(flat_.data(), flat_.size(), local);
}

bool CompoundNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const CompoundNode&>(other);
    return sizes_ == that.sizes_ && parts_.kind == that.parts_.kind;
}

// ---- INSERT, UPDATE, DELETE

InsertNode::InsertNode(InsertDraft draft)
    : SqlNode(NodeKind::insert, Operator::none, SqlType{}), parts_(std::move(draft)) {
    Flattened flat;
    flat.add(parts_.table);
    flat.add(parts_.values);
    flat.add(parts_.returning);
    flat.add(parts_.select);
    const std::uint64_t local = mix(flat.hash(), columns_hash(parts_.columns));
    flat_ = std::move(flat.nodes);
    sizes_ = std::move(flat.sizes);
    seal(flat_.data(), flat_.size(), local);
}

bool InsertNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const InsertNode&>(other);
    return sizes_ == that.sizes_ && parts_.columns == that.parts_.columns;
}

UpdateNode::UpdateNode(UpdateDraft draft)
    : SqlNode(NodeKind::update, Operator::none, SqlType{}), parts_(std::move(draft)) {
    Flattened flat;
    flat.add(parts_.table);
    flat.add(parts_.values);
    flat.add(parts_.where);
    flat.add(parts_.returning);
    const std::uint64_t local = mix(flat.hash(), columns_hash(parts_.columns));
    flat_ = std::move(flat.nodes);
    sizes_ = std::move(flat.sizes);
    seal(flat_.data(), flat_.size(), local);
}

bool UpdateNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const UpdateNode&>(other);
    return sizes_ == that.sizes_ && parts_.columns == that.parts_.columns;
}

DeleteNode::DeleteNode(DeleteDraft draft)
    : SqlNode(NodeKind::delete_, Operator::none, SqlType{}), parts_(std::move(draft)) {
    Flattened flat;
    flat.add(parts_.table);
    flat.add(parts_.where);
    flat.add(parts_.returning);
    const std::uint64_t local = flat.hash();
    flat_ = std::move(flat.nodes);
    sizes_ = std::move(flat.sizes);
    seal(flat_.data(), flat_.size(), local);
}

bool DeleteNode::same_local(const SqlNode& other) const noexcept {
    return sizes_ == static_cast<const DeleteNode&>(other).sizes_;
}

// ---- freeze

NodeRef freeze(SelectDraft draft) {
    if (!draft.joins.empty()) detail::resolve_joins(draft);
    return make_ref<SelectNode>(std::move(draft));
}

NodeRef freeze(CompoundDraft draft) {
    if (draft.selects.empty()) throw ArgumentError("A UNION, INTERSECT or EXCEPT needs at least one SELECT");
    return make_ref<CompoundNode>(std::move(draft));
}

NodeRef freeze(InsertDraft draft) {
    require_table(draft.table, "INSERT");
    require_columns_of(draft.table, draft.columns);
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

NodeRef join_of(NodeRef left, NodeRef right, NodeRef on, bool outer, bool full) {
    if (!on) on = detail::condition_from_foreign_keys(*left, left, right);
    return make_ref<JoinNode>(std::move(left), std::move(right), std::move(on), outer, full);
}

}  // namespace aludel
