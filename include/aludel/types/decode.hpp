#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "aludel/types/cell.hpp"

namespace aludel {

struct SqlType;

/// Who reads a cell. It is filled in for every row, so it holds no text: `describe` makes it when an error needs it.
struct DecodeContext {
    const void* source = nullptr;
    std::size_t index = 0;
    /// The column's name for messages ("users.id"), made from `source` and `index`; null when nobody knows it.
    std::string (*describe)(const DecodeContext&) = nullptr;
    /// The column's type in the database, or null; null when nobody knows it. For what a cell alone does not tell:
    /// digits behind the point that the database did not keep.
    const SqlType* (*type)(const DecodeContext&) = nullptr;
};

namespace detail {

/// `column "users.id"`, or the position in the row when the name is not known.
[[nodiscard]] std::string describe_source(const DecodeContext& context);

// The cold ends of decoding. Each throws DataError with the column, what was found and what to do.

/// NULL where the C++ type has no place for it; every other kind of cell that does not belong to the type.
[[noreturn]] void throw_wrong_kind(const Cell& cell, const DecodeContext& context, std::string_view wanted);
/// The right kind, but a value that the type does not hold.
[[noreturn]] void throw_out_of_range(const Cell& cell, const DecodeContext& context, std::string_view wanted);
/// Text that does not have the format of the type.
[[noreturn]] void throw_bad_text(const Cell& cell, const DecodeContext& context, std::string_view wanted);
/// The same for the way to the database, where the column is not known yet.
[[noreturn]] void throw_not_encodable(std::string_view what, std::string_view wanted);

struct IntegerLimits {
    std::int64_t least;
    std::uint64_t greatest;
    const char* type;  ///< "int"
};

// What the inline fast paths leave over.
[[nodiscard]] std::uint64_t decode_integer_slowly(const Cell&, const DecodeContext&, const IntegerLimits&);
[[nodiscard]] bool decode_bool_slowly(const Cell&, const DecodeContext&);
[[nodiscard]] double decode_double_slowly(const Cell&, const DecodeContext&);
[[nodiscard]] float decode_float(const Cell&, const DecodeContext&);
[[nodiscard]] float narrow_to_float(double value);

}  // namespace detail

}  // namespace aludel
