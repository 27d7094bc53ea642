#include "drivers/postgresql/statement.hpp"

#include "drivers/postgresql/failure.hpp"
#include "drivers/postgresql/oid.hpp"
#include "drivers/postgresql/parameter_scan.hpp"
#include "drivers/postgresql/session.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace aludel::driver::postgresql {

namespace {

// "INSERT 0 3", "UPDATE 3": the count, for what changes rows.
std::int64_t rows_of(std::string_view tag) {
    constexpr std::string_view changes[] = {"INSERT", "UPDATE", "DELETE", "MERGE", "COPY"};
    const auto word = tag.substr(0, tag.find(' '));
    const auto last = tag.rfind(' ');
    if (last == std::string_view::npos || std::ranges::find(changes, word) == std::end(changes)) return -1;
    std::int64_t rows = -1;
    std::from_chars(tag.data() + last + 1, tag.data() + tag.size(), rows);
    return rows;
}

std::string_view tag_of(const PGresult* result) {
    return PQcmdStatus(const_cast<PGresult*>(result));  // libpq only reads it
}

std::string_view field_of(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text ? std::string_view{text} : std::string_view{};
}

// See `needs_guard`.
constexpr const char* guard_begin = "SAVEPOINT aludel_types";
constexpr const char* guard_end = "RELEASE SAVEPOINT aludel_types";
constexpr const char* guard_undo = "ROLLBACK TO SAVEPOINT aludel_types; RELEASE SAVEPOINT aludel_types";

// Whether the statement begins with this word, which is in lower case.
bool begins_with(std::string_view sql, std::string_view word) {
    const auto start = std::min(sql.find_first_not_of(" \t\r\n("), sql.size());
    const auto found = sql.substr(start, word.size());
    return std::ranges::equal(found, word, {}, [](char c) { return static_cast<char>(c | 0x20); });
}

}  // namespace

std::int64_t affected_by(const PGresult* result) { return rows_of(tag_of(result)); }

Statement::Statement(Session& session, std::string_view sql, bool kept)
    : session_(session),
      sql_(sql),
      parameter_count_(count_parameters(sql)),
      kept_(kept),
      copies_(begins_with(sql, "copy")),
      is_query_(begins_with(sql, "select") || begins_with(sql, "values")) {}

Statement::~Statement() {
    if (streaming_) session_.set_streaming(nullptr);
}

std::string Statement::forget_name() noexcept { return std::exchange(name_, {}); }

void Statement::adapt(std::span<const Cell> parameters) {
    if (parameters.size() != parameter_count_)
        throw failure_of("42P02", fmt::format("the statement has {} parameters, but {} values were given",
                                              parameter_count_, parameters.size()));
    if (!adapt_types(types_, parameters)) return;
    session_.drop_name(forget_name());
    known_ = false;  // the columns may have other types now
}

void Statement::execute(std::span<const Cell> parameters) {
    reset();
    adapt(parameters);
    session_.parameters().encode(parameters, types_);
    if (copies_) session_.send_pending_begin();  // libpq cannot copy in a pipeline
    try {
        while (!run()) continue;
    } catch (...) {
        cursor_ = {};
        session_.cancel_exchange();
        throw;
    }
}

// False: it must run again, prepared anew.
bool Statement::run() {
    if (streamed_ && is_query_ && session_.is_in_live_block()) return run_as_cursor();
    if (!send()) return false;
    if (streamed_) PQsetSingleRowMode(session_.handle());
    ResultPtr result = session_.channel().next_result();
    const auto status = result ? PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
    switch (status) {
        case PGRES_SINGLE_TUPLE:
            take_columns(result.get());
            result_ = std::move(result);
            row_count_ = 1;
            streaming_ = true;
            session_.set_streaming(this);
            return true;
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK: take_whole(std::move(result)); return true;
        case PGRES_EMPTY_QUERY:
            session_.close_exchange();
            throw failure_of("42601", "there is no statement in the text");
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH: session_.refuse_copy(std::move(result), sql_);
        default: break;
    }
    if (!result || (!is_stale(result.get()) && !guess_type(result.get()))) session_.fail(std::move(result), sql_);
    return prepare_anew(std::move(result));
}

// False: it must run again.
bool Statement::send() {
    const bool guarded = needs_guard();
    const bool fresh = guarded || (kept_ && known_ && name_.empty() && !copies_);
    const bool binary = known_ && all_binary_;
    session_.open_exchange(fresh);
    PGconn* connection = session_.handle();
    const Parameters& values = session_.parameters();
    std::string name = fresh ? session_.new_name() : name_;
    if (guarded) session_.queue(guard_begin);
    if (fresh)
        session_.channel().require(
            PQsendPrepare(connection, name.c_str(), sql_.c_str(), static_cast<int>(types_.size()), types_.data()));
    if (guarded) session_.queue(guard_end);
    session_.channel().require(
        name.empty() ? PQsendQueryParams(connection, sql_.c_str(), values.count(), types_.data(), values.values(),
                                         values.lengths(), values.formats(), binary ? 1 : 0)
                     : PQsendQueryPrepared(connection, name.c_str(), values.count(), values.values(), values.lengths(),
                                           values.formats(), binary ? 1 : 0));
    session_.dispatch();
    session_.require_leading_success();
    if (fresh && !take_prepared(guarded)) return false;
    if (fresh) name_ = std::move(name);
    return true;
}

// The answers to what prepares the statement. False: it must be prepared with other types.
bool Statement::take_prepared(bool guarded) {
    if (!guarded) {
        session_.require_success(sql_);
        return true;
    }
    session_.require_success(guard_begin);
    ResultPtr result = session_.channel().next_result();
    if (!result || PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        if (!result || !guess_type(result.get())) session_.fail(std::move(result), sql_);
        result.reset();
        session_.close_exchange();
        session_.run(guard_undo);
        return false;
    }
    while (session_.channel().next_result()) continue;
    session_.require_success(guard_end);
    return true;
}

// A literal in quotes is text where nothing else tells its type, as in concat('a', 'b'); a parameter without a type is
// an error there, and an error ends the transaction. So a statement that has such parameters is prepared behind a
// savepoint when it runs for the first time, which costs no round trip; only preparing it is inside.
bool Statement::needs_guard() const noexcept {
    return !known_ && name_.empty() && std::ranges::find(types_, oid::unspecified) != types_.end() &&
           session_.is_in_sent_block();
}

// Whether the failure is that a parameter has no type. Then it is text from now on.
bool Statement::guess_type(const PGresult* result) {
    if (field_of(result, PG_DIAG_SQLSTATE) != "42P18") return false;
    const auto message = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
    const auto mark = std::min(message.find('$'), message.size());
    std::size_t number = 0;
    std::from_chars(message.data() + mark + (mark < message.size() ? 1 : 0), message.data() + message.size(), number);
    if (number == 0 || number > types_.size() || types_[number - 1] != oid::unspecified) return false;
    types_[number - 1] = oid::text;
    return true;
}

// The server no longer has the statement, or the tables that it reads have changed, or the type of a parameter was
// dropped.
bool Statement::is_stale(const PGresult* result) const {
    if (name_.empty()) return false;
    const auto state = field_of(result, PG_DIAG_SQLSTATE);
    // Other features that are not supported have the same code.
    return state == "26000" ||
           (state == "0A000" && field_of(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery") ||
           (state == "XX000" && field_of(result, PG_DIAG_MESSAGE_PRIMARY).starts_with("cache lookup failed for type"));
}

bool Statement::prepare_anew(ResultPtr result) {
    const Failure failure = failure_of(session_.handle(), result.get(), sql_);
    session_.close_exchange();
    // Where one name is unknown, so are the others: to give them up on the server would fail.
    if (failure.sqlstate == "26000")
        session_.forget_names();
    else
        session_.drop_name(name_);
    name_.clear();
    known_ = false;
    // Without a name there is no second time.
    if (!session_.start_over()) throw failure;
    return false;
}

void Statement::take_columns(const PGresult* result) {
    const auto count = static_cast<std::size_t>(PQnfields(result));
    row_.resize(count);
    readings_.resize(count);
    all_binary_ = true;
    for (std::size_t i = 0; i < count; ++i) {
        readings_[i] = reading_of(PQftype(result, static_cast<int>(i)));
        all_binary_ = all_binary_ && readings_[i] != Reading::opaque;
    }
    known_ = true;
    binary_ = PQbinaryTuples(result) == 1;
}

// The whole answer is there: the rows are read from it.
void Statement::take_whole(ResultPtr result) {
    take_columns(result.get());
    note_effect(result.get());
    row_count_ = PQntuples(result.get());
    result_ = std::move(result);
    session_.close_exchange();
    if (binary_ && !all_binary_) {
        reset();
        throw failure_of("0A000", "the types of the statement's columns have changed; run it again");
    }
}

void Statement::note_effect(const PGresult* result) {
    rows_affected_ = affected_by(result);
    session_.note_command(tag_of(result));
}

bool Statement::next() {
    if (row_index_ == row_count_) [[unlikely]] {
        if (!next_of_stream()) {
            reset_rows();
            return false;
        }
    }
    read_row();
    ++row_index_;
    return true;
}

void Statement::read_row() {
    const PGresult* const result = result_.get();
    const int row = row_index_;
    scratch_.reset();
    int column = 0;
    for (Cell& cell : row_) {
        const Reading reading = readings_[static_cast<std::size_t>(column)];
        const auto length = static_cast<std::size_t>(PQgetlength(result, row, column));
        const std::string_view value{PQgetvalue(result, row, column), length};
        if (length == 0 && PQgetisnull(result, row, column)) [[unlikely]]
            cell = Cell::null();
        else if (binary_)
            read_binary_cell(reading, value, scratch_, cell);
        else
            cell = read_text_cell(reading, value, scratch_);
        ++column;
    }
}

std::string_view Statement::column_name(std::size_t index) const {
    const char* name = PQfname(result_.get(), static_cast<int>(index));
    return name ? std::string_view{name} : std::string_view{};
}

void Statement::reset_rows() noexcept {
    result_.reset();
    buffered_.clear();
    row_index_ = row_count_ = 0;
}

void Statement::reset() {
    end_stream();
    reset_rows();
    rows_affected_ = -1;
}

void Statement::release() noexcept {
    try {
        reset();
    } catch (const std::exception&) {
        // The connection says so at its next use.
        reset_rows();
    }
    streamed_ = false;
    if (!kept_) session_.drop_name(forget_name());
    session_.take_back(*this);
}

}  // namespace aludel::driver::postgresql
