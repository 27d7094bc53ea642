#include <aludel/sql/expr/nodes.hpp>

#include <functional>

#include <aludel/base/error.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "sql/expr/structural_hash.hpp"

namespace aludel {

using detail::hash_of;
using detail::mix;
using detail::words_hash;

// ---- SqlNode

bool SqlNode::same_local(const SqlNode&) const noexcept { return true; }

NodeRef SqlNode::own_negation() const { return {}; }

void SqlNode::seal(const NodeRef* children, std::size_t count, std::uint64_t local_hash) noexcept {
    children_ = {children, count};
    const auto what = static_cast<std::uint64_t>(kind_) << 56 | static_cast<std::uint64_t>(op_) << 48;
    hash_ = mix(what ^ type_.hash(), local_hash);
    for (const NodeRef& child : this->children()) {
        if (!child) {
            hash_ = mix(hash_, 0);
            continue;
        }
        hash_ = mix(hash_, child->hash_);
        has_binds_ |= child->has_binds_;
        has_identity_ |= child->has_identity_;
        has_late_values_ |= child->has_late_values_;
    }
}

// ---- columns and constants

ColumnNode::ColumnNode(NodeRef from, const ColumnInfo& info)
    : SqlNode(NodeKind::column, Operator::none, info.type()),
      from_(std::move(from)),
      info_(&info),
      name_(&info.name()) {
    seal(&from_, 1, info.table().id() * 1024 + info.position());
}

ColumnNode::ColumnNode(NodeRef from, std::string name, const SqlType& type)
    : SqlNode(NodeKind::column, Operator::none, type),
      from_(std::move(from)),
      own_name_(std::move(name)),
      name_(&own_name_) {
    seal(&from_, 1, hash_of(own_name_));
}

ColumnNode::ColumnNode(NodeRef from, NodeRef source, std::size_t position, std::string name, bool anonymous)
    : SqlNode(NodeKind::column, Operator::none, source->type()),
      from_(std::move(from)),
      source_(std::move(source)),
      position_(position),
      own_name_(std::move(name)),
      name_(&own_name_),
      anonymous_(anonymous) {
    seal(&from_, 1, mix(hash_of(own_name_), position));
}

bool ColumnNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const ColumnNode&>(other);
    return info_ == that.info_ && position_ == that.position_ && anonymous_ == that.anonymous_ && *name_ == *that.name_;
}

ConstantNode::ConstantNode(NodeKind kind)
    : SqlNode(kind, Operator::none, SqlType{.kind = kind == NodeKind::null ? TypeKind::null : TypeKind::boolean}) {
    seal(nullptr, 0, 0);
}

// ---- binds

BindNode::BindNode(Value&& value, std::string&& seed, const SqlType& type)
    : SqlNode(NodeKind::bind, Operator::none, type), value_(std::move(value)), key_(std::move(seed)) {
    mark_binds();
    seal(nullptr, 0, hash_of(key_));
}

BindNode::BindNode(Named, std::string name, Value value, bool required, const SqlType& type)
    : SqlNode(NodeKind::bind, Operator::none, type),
      value_(std::move(value)),
      key_(std::move(name)),
      unique_(false),
      required_(required) {
    mark_binds();
    seal(nullptr, 0, mix(hash_of(key_), required ? 3 : 2));
}

BindNode::BindNode(Expanding, std::vector<Value> values, std::size_t width, std::string seed, const SqlType& type)
    : SqlNode(NodeKind::bind, Operator::none, type), values_(std::move(values)), key_(std::move(seed)), width_(width) {
    mark_binds();
    seal(nullptr, 0, mix(hash_of(key_), 4 + width));
}

BindNode::BindNode(Literal, Value value, const SqlType& type)
    : SqlNode(NodeKind::bind, Operator::none, type), value_(std::move(value)), key_("param"), literal_(true) {
    mark_binds();
    seal(nullptr, 0, mix(hash_of(value_.repr()), 1));
}

BindNode::BindNode(Late, Ref<const LateValue> source, std::string seed, const SqlType& type)
    : SqlNode(NodeKind::bind, Operator::none, type), late_(std::move(source)), key_(std::move(seed)) {
    mark_binds();
    mark_late_values();
    seal(nullptr, 0, hash_of(key_));
}

bool BindNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const BindNode&>(other);
    return width_ == that.width_ && unique_ == that.unique_ && required_ == that.required_ && key_ == that.key_ &&
           literal_ == that.literal_ && (!literal_ || value_ == that.value_);
}

// ---- operators

UnaryNode::UnaryNode(Operator op, NodeRef element, const SqlType& type, std::string name)
    : SqlNode(NodeKind::unary, op, type), element_(std::move(element)), name_(std::move(name)) {
    seal(&element_, 1, hash_of(name_));
}

bool UnaryNode::same_local(const SqlNode& other) const noexcept {
    return name_ == static_cast<const UnaryNode&>(other).name_;
}

BinaryNode::BinaryNode(Operator op, NodeRef left, NodeRef right, const SqlType& type, std::string&& text,
                       int precedence)
    : SqlNode(NodeKind::binary, op, type),
      operands_{std::move(left), std::move(right)},
      text_(std::move(text)),
      precedence_(precedence) {
    seal(operands_, 2, text_.empty() ? 0 : hash_of(text_));
}

bool BinaryNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const BinaryNode&>(other);
    return text_ == that.text_ && precedence_ == that.precedence_;
}

ListNode::ListNode(NodeKind kind, Operator op, std::vector<NodeRef> items, const SqlType& type)
    : SqlNode(kind, op, type), items_(std::move(items)) {
    seal(items_.data(), items_.size(), items_.size());
}

NegatableNode::NegatableNode(std::vector<NodeRef> items, NodeRef opposite)
    : ListNode(NodeKind::list, Operator::and_, std::move(items), SqlType{.kind = TypeKind::boolean}),
      opposite_(std::move(opposite)) {}

FunctionNode::FunctionNode(std::string name, std::vector<NodeRef> arguments, const SqlType& type)
    : SqlNode(NodeKind::function, Operator::none, type), name_(std::move(name)), arguments_(std::move(arguments)) {
    seal(arguments_.data(), arguments_.size(), hash_of(name_));
}

bool FunctionNode::same_local(const SqlNode& other) const noexcept {
    return name_ == static_cast<const FunctionNode&>(other).name_;
}

NamedNode::NamedNode(NodeKind kind, std::string name, std::vector<NodeRef> parts, const SqlType& type)
    : SqlNode(kind, Operator::none, type), name_(std::move(name)), parts_(std::move(parts)) {
    if (kind == NodeKind::label) mark_identity();
    seal(parts_.data(), parts_.size(), hash_of(name_));
}

bool NamedNode::same_local(const SqlNode& other) const noexcept {
    return name_ == static_cast<const NamedNode&>(other).name_;
}

namespace {

std::vector<NodeRef> window_parts(NodeRef function, std::vector<NodeRef> partition_by, std::vector<NodeRef> order_by) {
    std::vector<NodeRef> parts{std::move(function)};
    for (NodeRef& item : partition_by) parts.push_back(std::move(item));
    for (NodeRef& item : order_by) parts.push_back(std::move(item));
    return parts;
}

std::uint64_t bound_hash(const FrameBound& bound) {
    return mix(static_cast<std::uint64_t>(bound.kind), static_cast<std::uint64_t>(bound.offset));
}

}  // namespace

OverNode::OverNode(NodeRef function, std::vector<NodeRef> partition_by, std::vector<NodeRef> order_by,
                   WindowFrame frame)
    : SqlNode(NodeKind::over, Operator::none, function->type()), partitions_(partition_by.size()), frame_(frame) {
    parts_ = window_parts(std::move(function), std::move(partition_by), std::move(order_by));
    seal(parts_.data(), parts_.size(),
         mix(mix(partitions_, static_cast<std::uint64_t>(frame_.unit)),
             mix(bound_hash(frame_.start), bound_hash(frame_.end))));
}

std::span<const NodeRef> OverNode::partition_by() const noexcept { return children().subspan(1, partitions_); }

std::span<const NodeRef> OverNode::order_by() const noexcept { return children().subspan(1 + partitions_); }

bool OverNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const OverNode&>(other);
    return partitions_ == that.partitions_ && frame_ == that.frame_;
}

// ---- what rows come from

TableNode::TableNode(const TableInfo& table)
    : SqlNode(NodeKind::table, Operator::none, SqlType{}), table_(&table), owner_(&table) {
    seal(nullptr, 0, table.id());
}

TableNode::~TableNode() = default;

bool TableNode::same_local(const SqlNode& other) const noexcept {
    return table_ == static_cast<const TableNode&>(other).table_;
}

AliasNode::AliasNode(NodeKind kind, NodeRef element, std::string name, bool recursive)
    : AliasNode(kind, std::move(element), std::move(name),
                AliasTraits{
                    .recursive = recursive, .restates = {}, .sample = {}, .seed = {}, .prefixes = {}, .suffixes = {}}) {
}

AliasNode::AliasNode(NodeKind kind, NodeRef element, std::string name, AliasTraits traits)
    : SqlNode(kind, Operator::none, SqlType{}),
      parts_{std::move(element), traits.restates, traits.sample, traits.seed},
      name_(std::move(name)),
      traits_(std::move(traits)) {
    mark_identity();
    const std::uint64_t flags = (traits_.recursive ? 1U : 0U) | (traits_.lateral ? 2U : 0U);
    seal(parts_, 4, words_hash(words_hash(mix(hash_of(name_), flags), traits_.prefixes), traits_.suffixes));
}

bool AliasNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const AliasNode&>(other);
    return name_ == that.name_ && traits_.recursive == that.traits_.recursive &&
           traits_.lateral == that.traits_.lateral && traits_.prefixes == that.traits_.prefixes &&
           traits_.suffixes == that.traits_.suffixes;
}

namespace {

std::uint64_t source_flags(const RowSourceDraft& draft) {
    return (draft.with_ordinality ? 1U : 0U) | (draft.lateral ? 2U : 0U) | (draft.names_columns ? 4U : 0U) |
           (draft.types_columns ? 8U : 0U);
}

}  // namespace

RowSourceNode::RowSourceNode(RowSourceDraft draft)
    : SqlNode(NodeKind::row_source, Operator::none, SqlType{}), parts_(std::move(draft)) {
    flat_ = parts_.cells;
    flat_.push_back(parts_.function);
    mark_identity();
    std::uint64_t local = mix(mix(hash_of(parts_.name), source_flags(parts_)), parts_.cells.size());
    for (const SourceColumn& column : parts_.columns) local = mix(mix(local, hash_of(column.name)), column.type.hash());
    seal(flat_.data(), flat_.size(), local);
}

bool RowSourceNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const RowSourceNode&>(other);
    return parts_.name == that.parts_.name && source_flags(parts_) == source_flags(that.parts_) &&
           parts_.columns == that.parts_.columns && parts_.cells.size() == that.parts_.cells.size();
}

JoinNode::JoinNode(NodeRef left, NodeRef right, NodeRef on, bool outer, bool full)
    : SqlNode(NodeKind::join, Operator::none, SqlType{}),
      parts_{std::move(left), std::move(right), std::move(on)},
      outer_(outer),
      full_(full) {
    seal(parts_, 3, (outer_ ? 1U : 0U) | (full_ ? 2U : 0U));
}

bool JoinNode::same_local(const SqlNode& other) const noexcept {
    const auto& that = static_cast<const JoinNode&>(other);
    return outer_ == that.outer_ && full_ == that.full_;
}

// ---- makers

NodeRef table_node(const TableInfo& table) { return make_ref<TableNode>(table); }

NodeRef column_node(const ColumnInfo& column) { return make_ref<ColumnNode>(table_node(column.table()), column); }

NodeRef column_of(const NodeRef& from, const ColumnInfo& info) { return make_ref<ColumnNode>(from, info); }

}  // namespace aludel
