#include "drivers/postgresql/failure.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <utility>

namespace aludel::driver::postgresql {

namespace {

std::string_view field_of(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text ? std::string_view{text} : std::string_view{};
}

std::string trimmed(const char* text) {
    std::string_view view{text ? text : ""};
    while (!view.empty() && (view.back() == '\n' || view.back() == ' ')) view.remove_suffix(1);
    return std::string{view};
}

// The server counts characters from 1; what is wanted are bytes from 0.
int byte_offset(std::string_view sql, std::string_view position) {
    int character = 0;
    const auto read = std::from_chars(position.data(), position.data() + position.size(), character);
    if (read.ec != std::errc{} || character < 1) return -1;
    std::size_t offset = 0;
    while (--character > 0 && offset < sql.size()) {
        ++offset;
        while (offset < sql.size() && (static_cast<unsigned char>(sql[offset]) & 0xc0) == 0x80) ++offset;
    }
    return static_cast<int>(offset);
}

}  // namespace

Failure failure_of(const PGconn* connection, const PGresult* result, std::string_view sql) {
    Failure failure;
    failure.sqlstate = field_of(result, PG_DIAG_SQLSTATE);
    failure.message = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
    failure.detail = field_of(result, PG_DIAG_MESSAGE_DETAIL);
    failure.hint = field_of(result, PG_DIAG_MESSAGE_HINT);
    failure.constraint = field_of(result, PG_DIAG_CONSTRAINT_NAME);
    failure.table = field_of(result, PG_DIAG_TABLE_NAME);
    failure.column = field_of(result, PG_DIAG_COLUMN_NAME);
    failure.position = byte_offset(sql, field_of(result, PG_DIAG_STATEMENT_POSITION));
    failure.disconnected = PQstatus(connection) == CONNECTION_BAD;
    if (failure.message.empty()) failure.message = trimmed(PQresultErrorMessage(result));
    if (failure.message.empty()) failure.message = trimmed(PQerrorMessage(connection));
    // That is no broken connection, as the class of the code would have it: the number of values is wrong.
    if (failure.sqlstate == "08P01" && !failure.disconnected) failure.sqlstate = "42P02";
    return failure;
}

Failure connection_failure(const PGconn* connection) {
    Failure failure;
    failure.message = trimmed(PQerrorMessage(connection));
    if (failure.message.empty()) failure.message = "the connection to the server was lost";
    failure.disconnected = PQstatus(connection) == CONNECTION_BAD;
    return failure;
}

Failure failure_of(std::string_view sqlstate, std::string message) {
    Failure failure;
    failure.sqlstate = sqlstate;
    failure.message = std::move(message);
    return failure;
}

Failure lost_failure(std::string message) {
    Failure failure = failure_of("08006", std::move(message));
    failure.disconnected = true;
    return failure;
}

}  // namespace aludel::driver::postgresql
