// The part of Statement that runs it for many rows: they travel together, and the answers are read behind them.
#include "drivers/postgresql/failure.hpp"
#include "drivers/postgresql/session.hpp"
#include "drivers/postgresql/statement.hpp"
#include "drivers/postgresql/values_row.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace aludel::driver::postgresql {

namespace {

// Rows that are sent before the answers to those in front of them are read.
constexpr std::size_t window = 500;
// Bytes that libpq may keep before the socket has to take them.
constexpr std::size_t most_unsent = 1 << 20;
constexpr std::size_t many_rows_of_statement = 256;
constexpr std::size_t few_rows_of_statement = 32;
constexpr std::size_t most_parameters = 65'535;  // the protocol counts them with 16 bits

}  // namespace

// The declared types hold every row. False: there are no such types, so that the rows must run one by one.
bool Statement::adapt_all(std::span<const Cell> parameters, std::size_t width) {
    for (std::size_t at = 0; at < parameters.size(); at += width) adapt(parameters.subspan(at, width));
    for (std::size_t at = 0; at < parameters.size(); at += width)
        if (!types_hold(types_, parameters.subspan(at, width))) return false;
    return true;
}

// False: the rows have to run one by one, and nothing was sent.
bool Statement::run_together(std::span<const Cell> parameters, std::size_t rows) {
    const std::size_t width = rows == 0 ? 0 : parameters.size() / rows;
    if (rows < (keys_ != nullptr ? 1 : 2) || width == 0 || copies_) return false;
    reset();
    row_.clear();
    if (!adapt_all(parameters, width)) return false;
    std::optional<std::int64_t> affected;
    while (!affected) {
        try {
            affected = run_many(parameters, width);
        } catch (...) {
            session_.cancel_exchange();
            throw;
        }
    }
    rows_affected_ = *affected;
    return true;
}

std::int64_t Statement::execute_many(std::span<const Cell> parameters, std::size_t rows) {
    return run_together(parameters, rows) ? rows_affected_ : Cursor::execute_many(parameters, rows);
}

// Rows behind each other in one INSERT take half of the time of as many INSERTs, and the text of each such size is
// parsed once.
void Statement::insert_many(std::span<const Cell> parameters, std::size_t rows, std::vector<std::int64_t>& keys) {
    const std::size_t before = keys.size();
    const std::size_t width = rows == 0 ? 0 : parameters.size() / rows;
    std::size_t done = 0;
    for (const std::size_t size : {many_rows_of_statement, few_rows_of_statement})
        done += insert_together(parameters.subspan(done * width), size, rows - done, keys);
    const auto rest = parameters.subspan(done * width);
    if (done != rows && !insert_each(rest, rows - done, keys)) Cursor::insert_many(rest, rows - done, keys);
    if (keys.size() != before + rows)
        throw failure_of("XX000", "an INSERT of many rows did not return one key for each of them");
}

// Inserts `size` rows a statement, as often as `rows` are enough for. Returns how many it inserted.
std::size_t Statement::insert_together(std::span<const Cell> parameters, std::size_t size, std::size_t rows,
                                       std::vector<std::int64_t>& keys) {
    const std::size_t width = rows == 0 ? 0 : parameters.size() / rows;
    const auto row = rows < size ? std::nullopt : ValuesRow::find(sql_);
    if (!row || size * width > most_parameters) return 0;
    const std::size_t statements = rows / size;
    const CursorPtr several = session_.prepare(row->repeated(size, width));
    const bool done =
        static_cast<Statement&>(*several).insert_each(parameters.first(statements * size * width), statements, keys);
    return done ? statements * size : 0;
}

// Runs the statement so many times, and takes the keys that it returns. False: nothing was sent.
bool Statement::insert_each(std::span<const Cell> parameters, std::size_t times, std::vector<std::int64_t>& keys) {
    keys_ = &keys;
    first_key_ = keys.size();
    struct Taking {
        Statement& statement;
        ~Taking() { statement.keys_ = nullptr; }
    };
    const Taking taking{*this};
    return run_together(parameters, times);
}

// Nothing: it must run again, prepared anew.
std::optional<std::int64_t> Statement::run_many(std::span<const Cell> parameters, std::size_t width) {
    const bool fresh = name_.empty();
    const std::string name = !fresh ? name_ : kept_ ? session_.new_name() : std::string{};
    session_.open_exchange(true);
    Channel& channel = session_.channel();
    if (fresh)
        channel.require(
            PQsendPrepare(session_.handle(), name.c_str(), sql_.c_str(), static_cast<int>(width), types_.data()));
    if (keys_ != nullptr) keys_->resize(first_key_);
    std::int64_t affected = 0;
    std::size_t unread = 0;
    std::size_t unsent = 0;
    bool checked = false;
    ResultPtr wrong;
    for (std::size_t at = 0; at < parameters.size() && !wrong; at += width) {
        unsent += send_row(name, parameters.subspan(at, width));
        if (++unread % window != 0 && unsent < most_unsent) continue;
        channel.require(PQsendFlushRequest(session_.handle()));
        channel.send();
        unsent = 0;
        if (!std::exchange(checked, true)) require_prepared(fresh, name);
        while (unread > window && !wrong) wrong = read_row_result(affected, unread);
    }
    session_.dispatch();
    if (!checked) require_prepared(fresh, name);
    while (unread > 0 && !wrong) wrong = read_row_result(affected, unread);
    if (!wrong) {
        session_.close_exchange();
        return affected;
    }
    if (!is_stale(wrong.get())) session_.fail(std::move(wrong), sql_);
    prepare_anew(std::move(wrong));
    return std::nullopt;
}

// Returns about how many bytes it has.
std::size_t Statement::send_row(const std::string& name, std::span<const Cell> row) {
    Parameters& values = session_.parameters();
    values.encode(row, types_);
    session_.channel().require(PQsendQueryPrepared(session_.handle(), name.c_str(), values.count(), values.values(),
                                                   values.lengths(), values.formats(), 0));
    std::size_t size = 64;
    for (int i = 0; i < values.count(); ++i) size += static_cast<std::size_t>(values.lengths()[i]);
    return size;
}

// What had to go before the rows.
void Statement::require_prepared(bool fresh, const std::string& name) {
    session_.require_leading_success();
    if (!fresh) return;
    session_.require_success(sql_);
    name_ = name;
}

// The keys that an INSERT returned, as text, in the order of its rows.
void Statement::note_keys(const pg_result* result) {
    for (int row = 0; row < PQntuples(result); ++row) {
        const std::string_view text(PQgetvalue(result, row, 0), static_cast<std::size_t>(PQgetlength(result, row, 0)));
        std::int64_t key = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), key);
        if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
            throw failure_of("22P02", fmt::format("the generated key '{}' is no integer", text));
        keys_->push_back(key);
    }
}

// The answer to one row, and the null behind it. Not null: what went wrong.
ResultPtr Statement::read_row_result(std::int64_t& affected, std::size_t& unread) {
    session_.channel().restart();
    ResultPtr result = session_.channel().next_result();
    const auto status = result ? PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        if (!result) session_.fail(nullptr, sql_);
        return result;
    }
    affected += std::max<std::int64_t>(affected_by(result.get()), 0);
    if (keys_ != nullptr) note_keys(result.get());
    --unread;
    while (session_.channel().next_result()) {}
    return nullptr;
}

}  // namespace aludel::driver::postgresql
