// The mapping of a class to its table, as a run-time table of descriptors that is built once from the type.
#pragma once

#include <aludel/base/owned.hpp>
#include <aludel/base/ref.hpp>
#include <aludel/orm/detail/object_header.hpp>
#include <aludel/orm/detail/related.hpp>
#include <aludel/orm/relationship_options.hpp>
#include <aludel/sql/expr/node.hpp>
#include <aludel/sql/schema/column_draft.hpp>
#include <aludel/sql/schema/table_info.hpp>
#include <aludel/types/cell.hpp>
#include <aludel/types/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aludel {

class Mapper;

namespace detail {

class ObjectPool;
class Relationship;
struct ResolvedRelationships;

/// What can be done with a value of one C++ type, without knowing it: one static table per type.
struct AttributeOps {
    Value (*encode)(const void* value);
    /// A view of the value where it has the form of a cell, else of what is put into `made`.
    Cell (*view)(const void* value, Value& made);
    void (*decode)(void* value, const Cell& cell, const DecodeContext& context);
    /// What the cell means, as `encode` would give it.
    Value (*reencode)(const Cell& cell, const DecodeContext& context);
    SqlType (*sql_type)();
    bool nullable;
};

struct MemberDescription {
    std::string_view name;
    std::uint32_t offset;
    std::uint32_t link_offset;
    const AttributeOps* ops;
    ColumnDraft column;
    bool is_deferred = false;
    std::string_view deferred_group = {};
    bool is_version = false;
    /// Of a version: the one behind `before`, or the first (null). Null itself: the database makes it.
    Value (*next_version)(const Value* before) = nullptr;
};

/// A relationship as it was written.
struct RelationshipDescription {
    std::string_view name;
    std::uint32_t offset = 0;
    std::uint32_t link_offset = 0;
    RelationshipShape shape = RelationshipShape::one;
    const Mapper& (*target)() = nullptr;
    RelationshipOptions options;
};

struct ClassOps {
    std::size_t size;
    void (*construct)(void* memory);
    void (*destroy)(void* object) noexcept;
    /// Reads all columns, in the table's order, from consecutive cells: the one hot loop, straight code per class.
    void (*load)(void* object, const Cell* cells, DecodeContext& context);
};

struct ClassDescription {
    std::string_view class_name;
    std::string_view table_name;
    std::string_view schema;
    ClassOps ops{};
    std::vector<MemberDescription> members;
    std::vector<RelationshipDescription> relationships;
    std::vector<void (*)(TableInfo&)> table_arguments;

    // Not inline: they would be compiled beside each mapped class.
    ClassDescription();
    ClassDescription(ClassDescription&&) noexcept;
    ~ClassDescription();
    /// Another member, for its options to change.
    MemberDescription& add_member(std::string_view name, std::uint32_t offset, std::uint32_t link_offset,
                                  const AttributeOps& ops);
    void add_relationship(const RelationshipDescription& relationship);
    void add_table_argument(void (*apply)(TableInfo&));
};

}  // namespace detail

/// A member that is stored in a column.
class Attribute {
  public:
    Attribute(const detail::MemberDescription& member, const ColumnInfo& column, std::size_t index) noexcept
        : name_(member.name),
          column_(&column),
          ops_(member.ops),
          offset_(member.offset),
          link_offset_(member.link_offset),
          index_(static_cast<std::uint32_t>(index)),
          is_deferred_(member.is_deferred),
          deferred_group_(member.deferred_group) {}

    /// The member's name, which is also the column's unless the option `name("…")` says otherwise.
    [[nodiscard]] std::string_view name() const noexcept { return name_; }
    [[nodiscard]] const ColumnInfo& column() const noexcept { return *column_; }
    /// The place among the mapper's attributes, which is the column's place in the table.
    [[nodiscard]] std::size_t index() const noexcept { return index_; }
    [[nodiscard]] bool nullable() const noexcept { return ops_->nullable; }
    /// Queries leave the column out unless an option says otherwise; those of one group are loaded together.
    [[nodiscard]] bool is_deferred() const noexcept { return is_deferred_; }
    [[nodiscard]] std::string_view deferred_group() const noexcept { return deferred_group_; }
    [[nodiscard]] std::uint32_t offset() const noexcept { return offset_; }
    [[nodiscard]] std::uint32_t link_offset() const noexcept { return link_offset_; }

    /// The value in memory, whether or not it is expired.
    [[nodiscard]] Value value_of(const detail::ObjectHeader& header) const;
    /// The same as a view of the object where that is possible, else of what is put into `made`.
    [[nodiscard]] Cell cell_of(const detail::ObjectHeader& header, Value& made) const;
    /// Stores a value from a row and marks the attribute as loaded.
    void load(detail::ObjectHeader& header, const Cell& cell, const DecodeContext& context) const;
    /// What `cell` means for this attribute, in the form that `value_of` gives.
    [[nodiscard]] Value decode(const Cell& cell, const DecodeContext& context) const;
    [[nodiscard]] detail::AttributeLink& link(detail::ObjectHeader& header) const noexcept;
    [[nodiscard]] const detail::AttributeLink& link(const detail::ObjectHeader& header) const noexcept;

  private:
    std::string_view name_;
    const ColumnInfo* column_;
    const detail::AttributeOps* ops_;
    std::uint32_t offset_;
    std::uint32_t link_offset_;
    std::uint32_t index_;
    bool is_deferred_;
    std::string_view deferred_group_;
};

/// How one class is stored: its table, its attributes, its primary key. Built once, then only read, by any thread.
class Mapper {
  public:
    /// @throws ArgumentError when the description contradicts itself (two columns of one name, a bad foreign key).
    explicit Mapper(detail::ClassDescription description);
    Mapper(const Mapper&) = delete;
    Mapper& operator=(const Mapper&) = delete;
    ~Mapper();

    [[nodiscard]] std::string_view class_name() const noexcept { return description_.class_name; }
    [[nodiscard]] const TableInfo& table() const noexcept { return *table_; }
    [[nodiscard]] const Ref<TableInfo>& table_ref() const noexcept { return table_; }
    /// The table as a FROM element.
    [[nodiscard]] const NodeRef& selectable() const noexcept { return selectable_; }
    [[nodiscard]] std::span<const Attribute> attributes() const noexcept { return attribute_span_; }
    [[nodiscard]] std::span<const Attribute* const> primary_key() const noexcept { return primary_key_span_; }
    [[nodiscard]] std::span<const detail::RelationshipDescription> relationships() const noexcept {
        return relationship_span_;
    }
    [[nodiscard]] const detail::ClassOps& ops() const noexcept { return description_.ops; }
    /// True if identity is one integer: the identity map then needs no encoded key.
    [[nodiscard]] bool has_integer_key() const noexcept { return has_integer_key_; }
    /// Some column is `deferred`.
    [[nodiscard]] bool has_deferred() const noexcept { return has_deferred_; }

    /// By the member's name, or null.
    [[nodiscard]] const Attribute* find_attribute(std::string_view name) const noexcept;
    /// By the member's name. @throws InvalidRequestError that lists the attributes.
    [[nodiscard]] const Attribute& attribute(std::string_view name) const;
    /// By the place of the member in the class; the member must be mapped.
    [[nodiscard]] const Attribute& attribute_at(std::uint32_t offset) const;
    /// By the link inside of one of its objects.
    [[nodiscard]] const Attribute& attribute_with_link(const detail::AttributeLink& link) const noexcept;
    /// By the column, which must be one of this mapper's table.
    [[nodiscard]] const Attribute& attribute_of(const ColumnInfo& column) const noexcept {
        return attributes_[column.position()];
    }

    /// The SELECT of all columns of the row with a given key; the key is given when it runs, by `key_parameter`.
    [[nodiscard]] const NodeRef& select_by_key() const noexcept { return select_by_key_; }
    /// `table.key = :parameter`, one for each column of the key.
    [[nodiscard]] const std::vector<NodeRef>& key_criteria() const noexcept { return key_criteria_; }
    [[nodiscard]] std::string_view key_parameter(std::size_t index) const noexcept { return key_parameters_[index]; }

    /// The `version_id` of the class, or null.
    [[nodiscard]] const Attribute* version() const noexcept { return version_; }
    /// Of a class with a version: the flush makes it, and not the database.
    [[nodiscard]] bool makes_versions() const noexcept;
    /// The version behind `before`, or the first one (null); nothing if the database makes it.
    [[nodiscard]] std::optional<Value> next_version(const Value* before) const;
    /// `key_criteria`, and `table.version = :parameter` where the class has one.
    [[nodiscard]] const std::vector<NodeRef>& row_criteria() const noexcept { return row_criteria_; }
    [[nodiscard]] std::string_view version_parameter() const noexcept { return version_parameter_; }

    /// Allocates an object with its header, built by the class's default constructor. The caller owns it.
    [[nodiscard]] detail::ObjectHeader* create() const;
    /// The same in the room of a session.
    [[nodiscard]] detail::ObjectHeader* create_in(detail::ObjectPool& pool) const;
    /// Ends the life of an object and frees it.
    void destroy(detail::ObjectHeader* header) const noexcept;
    /// Allocates the header with room for the object, which the caller constructs and then hands to `adopt`.
    [[nodiscard]] detail::ObjectHeader* allocate() const;
    void deallocate(detail::ObjectHeader* header) const noexcept;
    /// Links the attributes of a freshly constructed object to its header.
    void adopt(detail::ObjectHeader& header) const noexcept;
    /// For the library's own use: what `relationships_of` gives, once it was resolved.
    [[nodiscard]] detail::ResolvedRelationships& resolved() const noexcept { return *resolved_; }

  private:
    detail::ObjectHeader* construct(detail::ObjectHeader* header) const;
    void prepare_key_statements();
    NodeRef criterion(const Attribute& attribute, std::string& parameter) const;

    detail::ClassDescription description_;
    Ref<TableInfo> table_;
    NodeRef selectable_;
    std::vector<Attribute> attributes_;
    std::vector<std::uint32_t> link_offsets_;  // of attributes and relationships
    std::vector<const Attribute*> primary_key_;
    std::vector<std::string> key_parameters_;
    std::vector<NodeRef> key_criteria_;
    NodeRef select_by_key_;
    const Attribute* version_ = nullptr;
    std::string version_parameter_;
    std::vector<NodeRef> row_criteria_;
    // Made once: to make a span of a vector is dear for the compiler of each program.
    std::span<const Attribute> attribute_span_;
    std::span<const Attribute* const> primary_key_span_;
    std::span<const detail::RelationshipDescription> relationship_span_;
    detail::Owned<detail::ResolvedRelationships> resolved_;
    bool has_integer_key_ = false;
    bool has_deferred_ = false;
};

}  // namespace aludel
