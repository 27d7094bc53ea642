#include "drivers/sqlite/statement.hpp"

#include "drivers/sqlite/database.hpp"
#include "drivers/sqlite/failure.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace aludel::driver::sqlite {

namespace {

// The first word, in upper case, behind white space and comments.
std::string first_word(std::string_view sql) {
    std::size_t at = 0;
    for (;;) {
        at = sql.find_first_not_of(" \t\r\n\f;(", at);
        if (at == std::string_view::npos) return {};
        const bool line = sql.compare(at, 2, "--") == 0;
        const bool block = sql.compare(at, 2, "/*") == 0;
        if (!line && !block) break;
        const auto end = line ? sql.find('\n', at) : sql.find("*/", at + 2);
        if (end == std::string_view::npos) return {};
        at = end + (line ? 1 : 2);
    }
    std::string word;
    while (at < sql.size() && std::isalpha(static_cast<unsigned char>(sql[at])))
        word += static_cast<char>(std::toupper(static_cast<unsigned char>(sql[at++])));
    return word;
}

}  // namespace

Statement::Statement(Database& owner, sqlite3* database, std::string_view sql, bool kept)
    : owner_(owner), database_(database), sql_(sql), kept_(kept) {
    prepare();
    const std::string word = first_word(sql_);
    if (word == "INSERT" || word == "REPLACE")
        effect_ = Effect::insertion;
    else if (word == "UPDATE" || word == "DELETE")
        effect_ = Effect::change;
    else if (word == "WITH" && !sqlite3_stmt_readonly(statement_))
        effect_ = Effect::insertion;
    row_.resize(static_cast<std::size_t>(sqlite3_column_count(statement_)));
    parameter_count_ = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement_));
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::prepare() {
    if (sql_.find('\0') != std::string::npos)
        throw failure_of(SQLITE_MISUSE, "the statement holds a NUL character, where SQLite would stop reading");
    const auto flags = kept_ ? SQLITE_PREPARE_PERSISTENT : 0u;
    const char* rest = nullptr;
    const int result = sqlite3_prepare_v3(database_, sql_.c_str(), -1, flags, &statement_, &rest);
    if (result != SQLITE_OK) throw failure_of(database_, result);
    if (!statement_) throw failure_of(SQLITE_MISUSE, "there is no statement in the text");
    sqlite3_stmt* second = nullptr;
    const int second_result = sqlite3_prepare_v3(database_, rest, -1, 0, &second, nullptr);
    sqlite3_finalize(second);
    if (second || second_result != SQLITE_OK) {
        sqlite3_finalize(std::exchange(statement_, nullptr));
        throw failure_of(SQLITE_MISUSE, "only one statement can be executed at a time");
    }
}

// Reports the statement's own error: reset() repeats its code and its words, whatever happened on the handle meanwhile.
void Statement::fail(int result) {
    const int own = sqlite3_reset(statement_);
    Failure failure = failure_of(database_, own == SQLITE_OK ? result : own);
    running_ = row_waits_ = false;
    throw failure;
}

void Statement::bind_one(int index, const Cell& value) {
    int result;
    switch (value.kind) {
        case ValueKind::null: result = sqlite3_bind_null(statement_, index); break;
        case ValueKind::boolean:
        case ValueKind::integer: result = sqlite3_bind_int64(statement_, index, value.integer); break;
        case ValueKind::real: result = sqlite3_bind_double(statement_, index, value.real); break;
        case ValueKind::text:
        case ValueKind::decimal:
        case ValueKind::json:
            // Not copied: the values stay where they are while the statement runs.
            result = sqlite3_bind_text64(statement_, index, value.data, value.size, SQLITE_STATIC, SQLITE_UTF8);
            break;
        case ValueKind::bytes:
        case ValueKind::uuid:
            result = sqlite3_bind_blob64(statement_, index, value.data, value.size, SQLITE_STATIC);
            break;
        default:
            throw failure_of(SQLITE_MISMATCH, fmt::format("parameter {} is {}, which SQLite does not store", index,
                                                          describe(value.kind)));
    }
    if (result != SQLITE_OK) throw failure_of(database_, result);
}

void Statement::bind(std::span<const Cell> parameters) {
    if (parameters.size() != parameter_count_)
        throw failure_of(SQLITE_RANGE, fmt::format("the statement has {} parameters, but {} values were given",
                                                   parameter_count_, parameters.size()));
    int index = 0;
    for (const Cell& value : parameters) bind_one(++index, value);
}

bool Statement::step() {
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) fail(result);
    return false;
}

void Statement::note_effect() {
    if (effect_ == Effect::none) return;
    rows_affected_ = sqlite3_changes64(database_);
    if (effect_ == Effect::insertion && rows_affected_ != 0) last_insert_id_ = sqlite3_last_insert_rowid(database_);
}

void Statement::execute(std::span<const Cell> parameters) {
    reset();
    bind(parameters);
    rows_affected_ = -1;
    last_insert_id_ = 0;
    // What an INSERT leaves unset, as into a table without rowid, must not be an older row's.
    if (effect_ == Effect::insertion) sqlite3_set_last_insert_rowid(database_, 0);
    running_ = true;
    row_waits_ = step();
    // The statement may have been prepared again for a changed schema.
    if (!row_.empty()) row_.resize(static_cast<std::size_t>(sqlite3_column_count(statement_)));
    if (row_waits_) return;
    note_effect();
    reset();
}

bool Statement::next() {
    if (!row_waits_ && (!running_ || !step())) {
        if (running_) note_effect();
        reset();
        return false;
    }
    row_waits_ = false;
    read_row();
    return true;
}

// The value of a column is asked for once, and read without SQLite's checks of each call by index: the connection has
// no mutex, and belongs to this thread while the statement runs.
void Statement::read_row() {
    int index = 0;
    for (Cell& cell : row_) {
        sqlite3_value* const value = sqlite3_column_value(statement_, index++);
        switch (sqlite3_value_type(value)) {
            case SQLITE_INTEGER: cell = Cell::from_integer(sqlite3_value_int64(value)); break;
            case SQLITE_FLOAT: cell = Cell::from_real(sqlite3_value_double(value)); break;
            case SQLITE_NULL: cell = Cell::null(); break;
            case SQLITE_TEXT: {
                const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(value));
                if (!data) fail(SQLITE_NOMEM);
                cell = Cell::from_text({data, static_cast<std::size_t>(sqlite3_value_bytes(value))});
                break;
            }
            default: {
                const auto* data = static_cast<const char*>(sqlite3_value_blob(value));
                const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
                if (!data && size != 0) fail(SQLITE_NOMEM);
                cell = Cell::from_bytes({data ? data : "", size});
            }
        }
    }
}

std::string_view Statement::column_name(std::size_t index) const {
    const char* name = sqlite3_column_name(statement_, static_cast<int>(index));
    return name ? std::string_view{name} : std::string_view{};
}

void Statement::reset() noexcept {
    if (running_) sqlite3_reset(statement_);
    running_ = row_waits_ = false;
}

void Statement::release() noexcept {
    reset();
    owner_.take_back(*this);
}

}  // namespace aludel::driver::sqlite
