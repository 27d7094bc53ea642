#pragma once

#include <aludel/types/cell.hpp>

#include "drivers/postgresql/scratch.hpp"
#include "drivers/postgresql/wire.hpp"

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

/// The same in the binary format, whatever the type.
/// @throws Failure when the value is not as long as its type.
Cell read_any_binary_cell(Reading reading, std::string_view value, Scratch& scratch);

/// The same, into `cell`. What most columns are takes no call and is written part by part: a copy of a whole cell that
/// was made of parts waits until the processor has stored them, which took half of the time of reading a row.
inline void read_binary_cell(Reading reading, std::string_view value, Scratch& scratch, Cell& cell) {
    const auto set_integer = [&](std::int64_t integer) {
        cell.kind = ValueKind::integer;
        cell.integer = integer;
        cell.size = 0;
    };
    if (reading == Reading::text) {
        cell.kind = ValueKind::text;
        cell.data = value.data();
        cell.size = value.size();
    } else if (reading == Reading::int4 && value.size() == sizeof(std::int32_t)) {
        set_integer(read_wire<std::int32_t>(value));
    } else if (reading == Reading::int8 && value.size() == sizeof(std::int64_t)) {
        set_integer(read_wire<std::int64_t>(value));
    } else {
        cell = read_any_binary_cell(reading, value, scratch);
    }
}

}  // namespace aludel::driver::postgresql
