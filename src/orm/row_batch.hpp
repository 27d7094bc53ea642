// Rows that are written by one statement.
#pragma once

#include "orm/row_draft.hpp"
#include "orm/session_state.hpp"

#include <aludel/engine/connection.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

namespace aludel::detail {

/// Rows of one shape: the same columns, from the objects or from defaults. The values stay where they are, in the
/// objects, as far as nothing that belongs to the user runs before they are sent.
class RowBatch {
  public:
    /// Which parameters a row has beside the columns that it writes: those that find it.
    enum class Find : unsigned char { nothing, row };

    RowBatch(const Mapper& mapper, Find find, std::size_t most_rows = SIZE_MAX);

    /// What all rows have in one column.
    struct Column {
        const Attribute* attribute;
        NodeRef expression;
        bool is_default;
    };
    [[nodiscard]] const Mapper& mapper() const noexcept { return mapper_; }
    [[nodiscard]] std::span<const Column> columns() const noexcept { return columns_; }
    [[nodiscard]] std::span<ObjectHeader* const> objects() const noexcept { return objects_; }
    [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }
    [[nodiscard]] bool has_expression() const noexcept { return has_expression_; }
    [[nodiscard]] bool has_key() const noexcept { return has_key_; }
    /// All columns have the values that the objects gave.
    [[nodiscard]] bool is_plain() const noexcept { return !has_computed_ && !has_default_; }
    /// A column of the primary key is among those that are written.
    [[nodiscard]] bool writes_key() const noexcept;
    [[nodiscard]] bool writes(const Attribute& attribute) const noexcept;

    /// The row has the shape of those that are here; the first one always has.
    [[nodiscard]] bool takes(const RowDraft& row) const noexcept;
    void add(const RowDraft& row);
    /// A row that is only found.
    void add(ObjectHeader& object);
    /// Takes a new object without a draft, where it gives values to the columns of the rows that are here, and to no
    /// others. False, and nothing happens, if that is not so.
    bool add_alike(ObjectHeader& object);
    /// The same of an object that has a row, whose changed attributes are the columns that are written.
    bool add_changed_alike(ObjectHeader& object);
    /// Who has so many rows is written: what was just drafted is still in the processor's cache then.
    [[nodiscard]] bool is_full() const noexcept { return objects_.size() == most_rows_; }
    void clear() noexcept;

    [[nodiscard]] const ParameterCells& parameters() const noexcept { return parameters_; }
    /// Those of one row.
    [[nodiscard]] ParameterCells parameters_of(std::size_t row) const;
    /// The value of a column without expression.
    [[nodiscard]] const Cell& value(std::size_t row, std::size_t column) const noexcept;

  private:
    void begin(const RowDraft& row);
    void put_key(const ObjectHeader& object);
    void put(const Attribute& attribute, std::string_view name, const ObjectHeader& object);
    [[nodiscard]] bool may_take_alike() const noexcept;
    template <class IsLeftOut>
    bool add_values(ObjectHeader& object, IsLeftOut is_left_out);
    bool take_value(const ObjectHeader& object, const Attribute& attribute);
    Cell lasting(const Cell& value, const RowDraft& row);
    Cell kept(Value value);

    const Mapper& mapper_;
    Find find_;
    std::size_t most_rows_;
    bool copies_;  // functions of the user make values: they may change the objects
    bool has_expression_ = false;
    bool has_key_ = true;
    bool has_default_ = false;   // a column's default gives its value
    bool has_computed_ = false;  // some column is an expression, of a default or of the object
    std::vector<Column> columns_;
    std::vector<ObjectHeader*> objects_;
    ParameterCells parameters_;
    std::deque<Value> kept_;  // what the cells view and no object holds
    Value scratch_;
};

}  // namespace aludel::detail
