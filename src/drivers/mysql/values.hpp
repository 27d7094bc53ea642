#pragma once

#include <aludel/types/cell.hpp>

#include <mysql.h>

#include <cstdint>
#include <string_view>

namespace aludel::driver::mysql {

/// A parameter as the client wants it: a number or a date beside the description that points to it. Texts stay where
/// the value has them. Must not move while it is bound.
struct Parameter {
    union {
        std::int64_t integer = 0;
        double real;
    };
    MYSQL_TIME time{};
    unsigned long length = 0;
};

/// Describes `value`, which must outlive the call that sends it.
/// @throws Failure for a value that the database cannot hold; `number` counts from 1.
void bind(const Cell& value, Parameter& parameter, MYSQL_BIND& description, std::size_t number);

/// How the cells of a column are encoded in the binary protocol, and what they are.
struct Column {
    enum class Shape : std::uint8_t {
        integer8,
        integer16,
        integer32,
        integer64,
        real32,
        real64,
        text,
        bits,
        date,
        datetime,
        time
    };
    Shape shape = Shape::text;
    bool is_unsigned = false;
    ValueKind kind = ValueKind::text;
    char shown[20] = {};  ///< a date of the row that no calendar has, as text
};

Column column_of(const MYSQL_FIELD& field) noexcept;

/// Reads one cell of the binary protocol that is not NULL and moves `at` behind it. A date that no calendar has, such
/// as 0000-00-00, becomes its text, which no C++ type but a text accepts.
void read_any_binary(Column& column, unsigned char*& at, Cell& cell) noexcept;

/// The same; a text, which most columns are, takes no call.
inline void read_binary(Column& column, unsigned char*& at, Cell& cell) noexcept {
    constexpr unsigned char longest_of_one_byte = 250;
    if (column.shape != Column::Shape::text || *at > longest_of_one_byte) return read_any_binary(column, at, cell);
    cell.kind = column.kind;
    cell.size = *at;
    cell.data = reinterpret_cast<const char*>(at + 1);
    at += 1 + cell.size;
}

/// Reads one cell of the text protocol; what is not written as its column's type demands stays text.
void read_text(const Column& column, std::string_view text, Cell& cell) noexcept;

}  // namespace aludel::driver::mysql
