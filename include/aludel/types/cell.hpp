#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "aludel/types/value.hpp"

namespace aludel {

/// What came out of a row: a view of the driver's memory, valid until its cursor moves.
struct Cell {
    ValueKind kind = ValueKind::null;
    union {
        std::int64_t integer = 0;  ///< all kinds that are counts; the bits of an unsigned_integer
        double real;               ///< real
        const char* data;          ///< text, bytes, decimal, uuid (16 raw bytes), json
    };
    std::size_t size = 0;

    [[nodiscard]] static Cell null() noexcept { return {}; }
    [[nodiscard]] static Cell from_integer(std::int64_t value, ValueKind kind = ValueKind::integer) noexcept {
        Cell cell;
        cell.kind = kind;
        cell.integer = value;
        return cell;
    }
    [[nodiscard]] static Cell from_boolean(bool value) noexcept { return from_integer(value, ValueKind::boolean); }
    [[nodiscard]] static Cell from_real(double value) noexcept {
        Cell cell;
        cell.kind = ValueKind::real;
        cell.real = value;
        return cell;
    }
    [[nodiscard]] static Cell from_text(std::string_view value, ValueKind kind = ValueKind::text) noexcept {
        Cell cell;
        cell.kind = kind;
        cell.data = value.data();
        cell.size = value.size();
        return cell;
    }
    [[nodiscard]] static Cell from_bytes(std::string_view value) noexcept { return from_text(value, ValueKind::bytes); }
    /// A view of a value that lives longer than the cell.
    [[nodiscard]] static Cell of(const Value& value) noexcept;

    [[nodiscard]] bool is_null() const noexcept { return kind == ValueKind::null; }
    [[nodiscard]] bool has_text() const noexcept {
        return kind == ValueKind::text || kind == ValueKind::bytes || kind >= ValueKind::decimal;
    }
    /// For the kinds of `has_text()`; empty for the others.
    [[nodiscard]] std::string_view text() const noexcept {
        return has_text() ? std::string_view(data, size) : std::string_view();
    }
    /// A copy that outlives the cursor.
    [[nodiscard]] Value to_value() const;
};

static_assert(sizeof(Cell) == 24);

/// Views of values that live longer than the cells.
[[nodiscard]] std::vector<Cell> cells_of(std::span<const Value> values);

}  // namespace aludel
