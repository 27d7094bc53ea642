// The part of Session that copies rows into a table.
#include "drivers/postgresql/failure.hpp"
#include "drivers/postgresql/session.hpp"
#include "drivers/postgresql/text_form.hpp"
#include "drivers/postgresql/wire.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <libpq-fe.h>

#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace aludel::driver::postgresql {

namespace {

constexpr std::size_t chunk_size = 1 << 16;

// Tabs end a column, line feeds a row, and a backslash says that such a character is part of a value.
void append_escaped(std::string& to, std::string_view text) {
    constexpr std::string_view special{"\\\n\r\t\0", 5};
    for (;;) {
        const auto next = text.find_first_of(special);
        to.append(text.substr(0, next));
        if (next == std::string_view::npos) return;
        switch (text[next]) {
            case '\\': to += "\\\\"; break;
            case '\n': to += "\\n"; break;
            case '\r': to += "\\r"; break;
            case '\t': to += "\\t"; break;
            default: throw failure_of("22021", "a value holds a NUL character, which PostgreSQL's text cannot");
        }
        text.remove_prefix(next + 1);
    }
}

void append_hexadecimal(std::string& to, std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        to += digits[byte >> 4];
        to += digits[byte & 15];
    }
}

void append_real(std::string& to, double value) {
    if (std::isnan(value))
        to += "NaN";
    else if (std::isinf(value))
        to += value < 0 ? "-Infinity" : "Infinity";
    else
        fmt::format_to(std::back_inserter(to), "{}", value);
}

void append_moment(std::string& to, const Value& value) {
    char room[text_room];
    const std::int64_t count = value.as_integer();
    char* end = room;
    switch (value.kind()) {
        case ValueKind::date:
            if (!std::in_range<std::int32_t>(count))
                throw failure_of("22008", fmt::format("{} is out of the range of a date", value.repr_shortened()));
            end = write_date(room, count);
            break;
        case ValueKind::time: end = write_time(room, count); break;
        case ValueKind::datetime: end = write_timestamp(room, count, ""); break;
        case ValueKind::timestamp: end = write_timestamp(room, count, "+00"); break;
        default: end = write_interval(room, 0, 0, count);
    }
    to.append(room, end);
}

// Table: a line for each kind.
void append_value(std::string& to, const Value& value) {
    switch (value.kind()) {
        case ValueKind::null: to += "\\N"; return;
        case ValueKind::boolean: to += value.as_bool() ? 't' : 'f'; return;
        case ValueKind::integer: fmt::format_to(std::back_inserter(to), "{}", value.as_integer()); return;
        case ValueKind::unsigned_integer: fmt::format_to(std::back_inserter(to), "{}", value.as_unsigned()); return;
        case ValueKind::real: return append_real(to, value.as_real());
        case ValueKind::text:
        case ValueKind::decimal:
        case ValueKind::json: return append_escaped(to, value.as_text());
        case ValueKind::bytes: to += "\\\\x"; return append_hexadecimal(to, value.as_text());
        case ValueKind::uuid: return append_hexadecimal(to, value.as_text());
        case ValueKind::date:
        case ValueKind::time:
        case ValueKind::datetime:
        case ValueKind::timestamp:
        case ValueKind::interval: return append_moment(to, value);
    }
}

}  // namespace

std::optional<std::int64_t> Session::copy_in(std::string_view table, std::span<const std::string> columns,
                                             std::span<const Value> values) {
    if (columns.empty() || values.size() % columns.size() != 0)
        throw failure_of("42601", fmt::format("{} values are no rows of {} columns", values.size(), columns.size()));
    send_pending_begin();
    const std::string sql = fmt::format("COPY {} ({}) FROM STDIN", table, fmt::join(columns, ", "));
    open_exchange(false);
    channel_.require(PQsendQuery(handle(), sql.c_str()));
    dispatch();
    ResultPtr result = channel_.next_result();
    if (!result || PQresultStatus(result.get()) != PGRES_COPY_IN) fail(std::move(result), sql);
    try {
        send_copy_rows(columns.size(), values);
    } catch (const Failure& failure) {
        // A value that does not fit: the server is told, and drops the rows. A broken connection is not asked again.
        if (!failure.disconnected && channel_.is_alive()) {
            channel_.end_copy("a value could not be sent");
            close_exchange();
        }
        throw;
    }
    channel_.end_copy(nullptr);
    result = channel_.next_result();
    if (!result || PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(std::move(result), sql);
    const std::int64_t rows = affected_by(result.get());
    close_exchange();
    return rows;
}

void Session::send_copy_rows(std::size_t width, std::span<const Value> values) {
    std::string chunk;
    chunk.reserve(chunk_size + chunk_size / 4);
    for (std::size_t i = 0; i < values.size(); ++i) {
        append_value(chunk, values[i]);
        chunk += (i + 1) % width == 0 ? '\n' : '\t';
        if (chunk.size() < chunk_size) continue;
        channel_.send_copy_data(chunk);
        chunk.clear();
    }
    if (!chunk.empty()) channel_.send_copy_data(chunk);
}

}  // namespace aludel::driver::postgresql
