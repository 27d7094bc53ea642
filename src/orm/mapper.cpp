#include <aludel/orm/mapper.hpp>
#include <aludel/sql/expr/nodes.hpp>

#include "orm/object_pool.hpp"
#include "orm/resolved_relationships.hpp"

#include <aludel/base/error.hpp>
#include <aludel/orm/detail/object_header.hpp>
#include <aludel/orm/version_id.hpp>

#include <aludel/sql/expr/statement.hpp>
#include <aludel/types/type_details.hpp>

#include <fmt/format.h>

#include <new>
#include <utility>

namespace aludel {

namespace {

const void* value_address(const detail::ObjectHeader& header, std::uint32_t offset) {
    return static_cast<const std::byte*>(header.object()) + offset;
}

ColumnDraft column_draft(const detail::MemberDescription& member) {
    ColumnDraft draft = member.column;
    if (draft.name.empty()) {
        draft.name = member.name;
    }
    if (draft.type.kind == TypeKind::null) {
        draft.type = member.ops->sql_type();
    } else {
        draft.type = settled_type(draft.type, member.ops->sql_type());
    }
    if (!draft.nullable) {
        draft.nullable = member.ops->nullable && !draft.primary_key;
    }
    return draft;
}

}  // namespace

Value Attribute::value_of(const detail::ObjectHeader& header) const {
    try {
        return ops_->encode(value_address(header, offset_));
    } catch (Error& error) {
        error.add_detail(fmt::format("column \"{}\"", column_->full_name()));
        throw;
    }
}

Cell Attribute::cell_of(const detail::ObjectHeader& header, Value& made) const {
    try {
        return ops_->view(value_address(header, offset_), made);
    } catch (Error& error) {
        error.add_detail(fmt::format("column \"{}\"", column_->full_name()));
        throw;
    }
}

void Attribute::load(detail::ObjectHeader& header, const Cell& cell, const DecodeContext& context) const {
    ops_->decode(static_cast<std::byte*>(header.object()) + offset_, cell, context);
    link(header).mark_loaded();
}

Value Attribute::decode(const Cell& cell, const DecodeContext& context) const { return ops_->reencode(cell, context); }

detail::AttributeLink& Attribute::link(detail::ObjectHeader& header) const noexcept {
    return *reinterpret_cast<detail::AttributeLink*>(static_cast<std::byte*>(header.object()) + link_offset_);
}

const detail::AttributeLink& Attribute::link(const detail::ObjectHeader& header) const noexcept {
    return link(const_cast<detail::ObjectHeader&>(header));
}

namespace detail {

ClassDescription::ClassDescription() = default;
ClassDescription::ClassDescription(ClassDescription&&) noexcept = default;
ClassDescription::~ClassDescription() = default;

MemberDescription& ClassDescription::add_member(std::string_view name, std::uint32_t offset, std::uint32_t link_offset,
                                                const AttributeOps& of_type) {
    return members.emplace_back(MemberDescription{name, offset, link_offset, &of_type, {}});
}

void ClassDescription::add_relationship(const RelationshipDescription& relationship) {
    relationships.push_back(relationship);
}

void ClassDescription::add_table_argument(void (*apply)(TableInfo&)) { table_arguments.push_back(apply); }

}  // namespace detail

Mapper::Mapper(detail::ClassDescription description)
    : description_(std::move(description)),
      table_(make_ref<TableInfo>(std::string(description_.table_name), std::string(description_.schema))),
      selectable_(table_node(*table_)),
      resolved_(std::make_unique<detail::ResolvedRelationships>()) {
    attributes_.reserve(description_.members.size());
    for (const auto& member : description_.members) {
        const ColumnInfo& column = table_->add_column(column_draft(member));
        attributes_.emplace_back(member, column, attributes_.size());
        has_deferred_ = has_deferred_ || member.is_deferred;
        if (member.is_version) version_ = &attributes_.back();  // nothing moves: the room is reserved
        link_offsets_.push_back(member.link_offset);
    }
    for (const auto& relationship : description_.relationships) link_offsets_.push_back(relationship.link_offset);
    for (const auto add_to : description_.table_arguments) {
        add_to(*table_);
    }
    for (const ColumnInfo* column : table_->primary_key()) {
        primary_key_.push_back(&attributes_[column->position()]);
    }
    attribute_span_ = attributes_;
    primary_key_span_ = primary_key_;
    relationship_span_ = description_.relationships;
    has_integer_key_ = primary_key_.size() == 1 && primary_key_.front()->column().type().is_integer();
    prepare_key_statements();
}

/// `table.column = :parameter`; the parameter's name is made here.
NodeRef Mapper::criterion(const Attribute& attribute, std::string& parameter) const {
    const ColumnInfo& column = attribute.column();
    parameter = table_->name() + "_" + column.name();
    while (table_->find_column(parameter) != nullptr) {
        parameter += '_';
    }
    const auto bind = make_ref<BindNode>(BindNode::Named{}, parameter, Value::null(), true, column.type());
    return make_ref<BinaryNode>(Operator::eq, column_of(selectable_, column), bind, SqlType{.kind = TypeKind::boolean});
}

void Mapper::prepare_key_statements() {
    key_parameters_.reserve(primary_key_.size());
    for (const Attribute* attribute : primary_key_) {
        key_criteria_.push_back(criterion(*attribute, key_parameters_.emplace_back()));
    }
    row_criteria_ = key_criteria_;
    if (version_ != nullptr) {
        row_criteria_.push_back(criterion(*version_, version_parameter_));
    }
    SelectDraft draft;
    draft.label_style = LabelStyle::table_column;
    draft.columns = {selectable_};
    draft.where = key_criteria_;
    select_by_key_ = freeze(std::move(draft));
}

Mapper::~Mapper() = default;

bool Mapper::makes_versions() const noexcept { return description_.members[version_->index()].next_version != nullptr; }

std::optional<Value> Mapper::next_version(const Value* before) const {
    const auto next = description_.members[version_->index()].next_version;
    return next == nullptr ? std::nullopt : std::optional(next(before));
}

void detail::throw_versions_exhausted() {
    throw DataError(
        "The version counter of a row has reached the last number of its type; a wider type has room for more, such as "
        "Mapped<std::int64_t, version_id>");
}

const Attribute* Mapper::find_attribute(std::string_view name) const noexcept {
    for (const Attribute& attribute : attributes_) {
        if (attribute.name() == name) {
            return &attribute;
        }
    }
    return nullptr;
}

const Attribute& Mapper::attribute(std::string_view name) const {
    if (const Attribute* found = find_attribute(name)) {
        return *found;
    }
    std::string known;
    for (const Attribute& attribute : attributes_) {
        known += fmt::format("{}{}", known.empty() ? "" : ", ", attribute.name());
    }
    throw InvalidRequestError(
        fmt::format("Class {} has no mapped attribute '{}'; it has: {}", class_name(), name, known));
}

const Attribute& Mapper::attribute_at(std::uint32_t offset) const {
    for (const Attribute& attribute : attributes_) {
        if (attribute.offset() == offset) {
            return attribute;
        }
    }
    throw InvalidRequestError(
        fmt::format("The member at byte {} of class {} is not mapped; list it in `using mapped = Members<…>`", offset,
                    class_name()));
}

namespace {

std::uint32_t offset_of_link(const detail::AttributeLink& link) {
    const auto* begin = static_cast<const std::byte*>(link.header().object());
    return static_cast<std::uint32_t>(reinterpret_cast<const std::byte*>(&link) - begin);
}

}  // namespace

const Attribute& Mapper::attribute_with_link(const detail::AttributeLink& link) const noexcept {
    const Attribute* found = attributes_.data();
    for (const std::uint32_t offset = offset_of_link(link); found->link_offset() != offset;) {
        ++found;
    }
    return *found;
}

detail::ObjectHeader* Mapper::allocate() const {
    static_assert(alignof(detail::ObjectHeader) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    void* memory = ::operator new(detail::object_offset + description_.ops.size);
    auto* header = ::new (memory) detail::ObjectHeader;
    header->mapper = this;
    return header;
}

void Mapper::deallocate(detail::ObjectHeader* header) const noexcept {
    if (header->block_place != 0) return detail::ObjectPool::give_back(*header);
    header->~ObjectHeader();
    ::operator delete(header);
}

void Mapper::destroy(detail::ObjectHeader* header) const noexcept {
    description_.ops.destroy(header->object());
    deallocate(header);
}

detail::ObjectHeader* Mapper::create() const { return construct(allocate()); }

detail::ObjectHeader* Mapper::create_in(detail::ObjectPool& pool) const {
    detail::ObjectHeader* header = pool.take(description_.ops.size);
    header->mapper = this;
    return construct(header);
}

detail::ObjectHeader* Mapper::construct(detail::ObjectHeader* header) const {
    try {
        description_.ops.construct(header->object());
    } catch (...) {
        deallocate(header);
        throw;
    }
    adopt(*header);
    return header;
}

void Mapper::adopt(detail::ObjectHeader& header) const noexcept {
    auto* const object = static_cast<std::byte*>(header.object());
    for (const std::uint32_t offset : link_offsets_) {
        reinterpret_cast<detail::AttributeLink*>(object + offset)->attach(header);
    }
}

}  // namespace aludel
