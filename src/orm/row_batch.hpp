// Rows that are written by one statement.
#pragma once

#include "orm/row_draft.hpp"
#include "orm/session_state.hpp"

#include <aludel/engine/connection.hpp>

#include <cstddef>
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

    RowBatch(const Mapper& mapper, Find find);

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
    /// A column of the primary key is among those that are written.
    [[nodiscard]] bool writes_key() const noexcept;
    [[nodiscard]] bool writes(const Attribute& attribute) const noexcept;

    /// The row has the shape of those that are here; the first one always has.
    [[nodiscard]] bool takes(const RowDraft& row) const noexcept;
    void add(const RowDraft& row);
    /// A row that is only found.
    void add(ObjectHeader& object);
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
    Cell lasting(const Cell& value, const RowDraft& row);
    Cell kept(Value value);

    const Mapper& mapper_;
    Find find_;
    bool copies_;  // functions of the user make values: they may change the objects
    bool has_expression_ = false;
    bool has_key_ = true;
    std::vector<Column> columns_;
    std::vector<ObjectHeader*> objects_;
    ParameterCells parameters_;
    std::deque<Value> kept_;  // what the cells view and no object holds
};

}  // namespace aludel::detail
