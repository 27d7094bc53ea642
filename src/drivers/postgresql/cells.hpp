#pragma once

#include <aludel/types/cell.hpp>

#include "drivers/postgresql/scratch.hpp"

#include <cstdint>
#include <string_view>

namespace aludel::driver::postgresql {

/// How the values of a column are read.
enum class Reading : std::uint8_t {
    text,  ///< the same bytes in both formats
    boolean,
    int2,
    int4,
    int8,
    oid,
    float4,
    float8,
    bytea,
    date,
    time,
    timestamp,
    timestamptz,
    interval,
    numeric,
    uuid,
    json,
    jsonb,
    opaque,  ///< only its text form is understood
};

/// The reading of a type.
Reading reading_of(unsigned type) noexcept;

/// A value that is not NULL in the server's text format. What the kind of its type cannot express, such as infinity as
/// a date, is text; whoever wants that kind gets an error that shows it.
Cell read_text_cell(Reading reading, std::string_view value, Scratch& scratch);

/// The same in the binary format.
/// @throws Failure when the value is not as long as its type.
Cell read_binary_cell(Reading reading, std::string_view value, Scratch& scratch);

}  // namespace aludel::driver::postgresql
