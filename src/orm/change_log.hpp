// What differs between an object in memory and its row.
#pragma once

#include <aludel/orm/mapper.hpp>
#include <aludel/sql/expr/node.hpp>
#include <aludel/types/value.hpp>

#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace aludel::detail {

/// What a single reference led to before it was assigned to.
struct ReferenceChange {
    std::size_t relationship;
    ObjectHeader* before;
    bool known;  // false: it was not loaded, and what it led to is not known
};

/// The values that the database has for the attributes that were assigned to, and the expressions that wait for the
/// next flush. One per object with changes.
class ChangeLog {
  public:
    /// Keeps the value of the row; `nullopt` if it was not loaded. The first value kept for an attribute stays.
    void keep_committed(std::size_t attribute, std::optional<Value> value);
    /// The value of the row, if one was kept; null if the attribute was not assigned to or was not loaded before.
    [[nodiscard]] const Value* committed(std::size_t attribute) const noexcept;
    void set_expression(std::size_t attribute, NodeRef expression);
    void drop_expression(std::size_t attribute) noexcept;
    /// The expression that the next flush writes, or null.
    [[nodiscard]] NodeRef expression(std::size_t attribute) const noexcept;
    void forget(std::size_t attribute) noexcept;
    /// One of these attributes was assigned to.
    [[nodiscard]] bool concerns(std::span<const Attribute* const> attributes) const noexcept {
        for (const Attribute* attribute : attributes) {
            if (find(attribute->index()) != nullptr) return true;
        }
        return false;
    }
    /// The row has the values now; what references led to stays known.
    void forget_values() noexcept { entries_.clear(); }

    /// Keeps what a reference led to. The first one kept stays.
    void keep_reference(const ReferenceChange& change);
    [[nodiscard]] const ReferenceChange* reference(std::size_t relationship) const noexcept;
    [[nodiscard]] const std::vector<ReferenceChange>& references() const noexcept { return references_; }
    void forget_reference(std::size_t relationship) noexcept;
    void forget_references() noexcept { references_.clear(); }

  private:
    struct Entry {
        std::size_t attribute;
        std::optional<Value> committed;
        NodeRef expression;
        bool kept;
    };
    static constexpr std::size_t entries_inside = 1;  // most changed objects have one change
    [[nodiscard]] const Entry* find(std::size_t attribute) const noexcept {
        for (const Entry& entry : entries_) {
            if (entry.attribute == attribute) return &entry;
        }
        return nullptr;
    }
    [[nodiscard]] Entry* find(std::size_t attribute) noexcept {
        return const_cast<Entry*>(std::as_const(*this).find(attribute));
    }
    Entry& entry(std::size_t attribute);

    boost::container::small_vector<Entry, entries_inside> entries_;
    std::vector<ReferenceChange> references_;
};

/// The log of an object, made if it has none.
ChangeLog& changes_of(ObjectHeader& header);
void drop_changes(ObjectHeader& header) noexcept;

/// The value that the row has for an attribute of the key: what was committed, or what is in memory if that is the
/// same.
Value committed_value(const ObjectHeader& header, const Attribute& attribute);
/// The same as a view of the object or of its log where that is possible, else of what is put into `made`.
Cell committed_cell(const ObjectHeader& header, const Attribute& attribute, Value& made);

/// The same payload of the same kind.
bool is_same(const Value& value, const Cell& cell) noexcept;

/// True if the attribute's value differs from its row's, or if that is not known.
bool has_net_change(const ObjectHeader& header, const Attribute& attribute);

/// Marks each attribute as expired or not, instead of the object as a whole.
void spread_expiry(ObjectHeader& header) noexcept;

}  // namespace aludel::detail
