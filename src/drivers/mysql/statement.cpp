#include "drivers/mysql/statement.hpp"

#include "drivers/mysql/channel.hpp"
#include "drivers/mysql/failure.hpp"
#include "drivers/mysql/session.hpp"
#include "drivers/mysql/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace aludel::driver::mysql {

namespace {

// A reader that stops in the middle of a stream waits this long for its rest before it has the server end it.
constexpr std::chrono::milliseconds patience{100};

}  // namespace

Statement::Statement(Session& owner, std::string_view sql, bool kept)
    : owner_(owner), channel_(owner.channel()), sql_(sql), kept_(kept) {
    const std::string word = first_word(sql_);
    changes_rows_ = word == "INSERT" || word == "REPLACE" || word == "UPDATE" || word == "DELETE";
    try {
        prepare();
    } catch (...) {
        channel_.close(statement_);
        throw;
    }
}

Statement::~Statement() { channel_.close(statement_); }

void Statement::prepare() {
    require_utf8(sql_);
    owner_.make_ready();
    const Command command{channel_};
    statement_ = channel_.new_statement();
    mysql_stmt_attr_set(statement_, STMT_ATTR_CB_USER_DATA, this);
    mysql_stmt_attr_set(statement_, STMT_ATTR_CB_RESULT, reinterpret_cast<const void*>(&Statement::on_cell));
    if (channel_.await(mysql_stmt_prepare_start, mysql_stmt_prepare_cont, statement_, sql_.data(), sql_.size()) != 0)
        fail();
    parameters_.resize(mysql_stmt_param_count(statement_));
    descriptions_.resize(parameters_.size());
    read_columns();
}

void Statement::fail() { owner_.fail(channel_.failure(*statement_)); }

void Statement::check_count(std::size_t given) const {
    if (given != parameters_.size())
        throw failure_of(
            codes::wrong_parameter_count, "HY000",
            fmt::format("the statement has {} parameters, but {} values were given", parameters_.size(), given));
}

void Statement::bind_all(std::span<const Cell> parameters) {
    check_count(parameters.size());
    std::size_t size = sql_.size();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        bind(parameters[i], parameters_[i], descriptions_[i], i + 1);
        size += 16 + descriptions_[i].buffer_length;
    }
    constexpr std::size_t always_fits = std::size_t{512} * 1024;
    if (size > always_fits && size > owner_.packet_limit()) {
        Failure failure = failure_of(
            codes::packet_too_large, "08S01",
            fmt::format("the values have about {} bytes, more than the server's max_allowed_packet of {}; nothing was "
                        "sent",
                        size, owner_.packet_limit()));
        failure.disconnected = false;
        throw failure;
    }
    if (!parameters.empty() && mysql_stmt_bind_param(statement_, descriptions_.data()) != 0) fail();
}

void Statement::execute(std::span<const Cell> parameters) {
    drop_rows();
    owner_.make_ready();
    // A new connection may have taken the place of the one that it was prepared on.
    if (statement_->mysql != channel_.handle() && !channel_.is_lost()) {
        channel_.close(std::exchange(statement_, nullptr));
        prepare();
    }
    bind_all(parameters);
    rows_affected_ = -1;
    last_insert_id_ = 0;
    Command command{channel_};
    send();
    if (mysql_stmt_field_count(statement_) == 0) {
        row_.clear();
        read_effect();
        return;
    }
    read_columns();
    if ((streamed_ || read_at_once_) && !changes_rows_ && !mysql_stmt_more_results(statement_)) {
        rows_ = Rows::streamed;
        std::fill(row_.begin(), row_.end(), Cell::null());  // not those of an earlier run
        owner_.set_stream(this);
        command.leave_open();
        return;
    }
    read_result();
}

// A statement whose tables have changed is prepared again by the server, and where that is not enough, here. Where it
// has not run or only reads, it may run again.
void Statement::send() {
    if (channel_.await(mysql_stmt_execute_start, mysql_stmt_execute_cont, statement_) == 0) return;
    const auto code = static_cast<int>(mysql_stmt_errno(statement_));
    const bool has_not_run = code == codes::needs_prepare || code == codes::unknown_statement;
    if (!has_not_run && (code != codes::new_metadata || changes_rows_)) fail();
    prepare_again();
    if (channel_.await(mysql_stmt_execute_start, mysql_stmt_execute_cont, statement_) != 0) fail();
}

void Statement::prepare_again() {
    if (channel_.await(mysql_stmt_prepare_start, mysql_stmt_prepare_cont, statement_, sql_.data(), sql_.size()) != 0)
        fail();
    check_count(mysql_stmt_param_count(statement_));
    if (!parameters_.empty() && mysql_stmt_bind_param(statement_, descriptions_.data()) != 0) fail();
}

void Statement::read_effect() {
    rows_affected_ = static_cast<std::int64_t>(mysql_stmt_affected_rows(statement_));
    last_insert_id_ = static_cast<std::int64_t>(mysql_stmt_insert_id(statement_));
    report_warnings();
}

void Statement::report_warnings() {
    if (mysql_stmt_warning_count(statement_) != 0 && !std::exchange(has_warned_, true)) owner_.report_warnings();
}

// Behind the rows of a stream, whose command is over.
void Statement::report_late_warnings() {
    if (mysql_stmt_warning_count(statement_) == 0 || has_warned_) return;
    const Command command{channel_};
    report_warnings();
}

void Statement::read_columns() {
    const std::size_t count = mysql_stmt_field_count(statement_);
    const MYSQL_FIELD* fields = mariadb_stmt_fetch_fields(statement_);
    row_.resize(count);
    columns_.resize(count);
    for (std::size_t i = 0; i < count; ++i) columns_[i] = column_of(fields[i]);
}

void Statement::read_result() {
    if (channel_.await(mysql_stmt_store_result_start, mysql_stmt_store_result_cont, statement_) != 0) fail();
    rows_ = Rows::stored;
    stored_ = mysql_stmt_row_tell(statement_);
    // Else the library waits for the rows at the next execution.
    if (!stored_) end_stored();
    if (changes_rows_) rows_affected_ = static_cast<std::int64_t>(mysql_stmt_num_rows(statement_));
    if (mysql_stmt_more_results(statement_))
        keep_rest();
    else
        report_warnings();
}

// Has the library see that the rows are over.
void Statement::end_stored() noexcept {
    mysql_stmt_row_seek(statement_, nullptr);
    mysql_stmt_fetch(statement_);
}

// A procedure has further results, and at last its own. The first is what the statement returns; the others are read
// over, for which the library gives up the first.
void Statement::keep_rest() {
    buffer_.clear();
    std::vector<std::string> names;
    names.reserve(row_.size());
    for (std::size_t i = 0; i < row_.size(); ++i) names.emplace_back(column_name(i));
    names_ = std::move(names);
    while (fetch_stored()) buffer_.add(row_);
    end_stored();
    while (mysql_stmt_more_results(statement_)) {
        if (channel_.await(mysql_stmt_next_result_start, mysql_stmt_next_result_cont, statement_) > 0) fail();
        if (mysql_stmt_field_count(statement_) != 0)
            channel_.await(mysql_stmt_free_result_start, mysql_stmt_free_result_cont, statement_);
    }
    rows_ = Rows::kept;
}

// Called by the library for each cell of the row that it fetches, on the library's own stack: it must not throw.
void Statement::on_cell(void* self, unsigned column, unsigned char** at) noexcept {
    auto& statement = *static_cast<Statement*>(self);
    Cell& cell = statement.row_[column];
    if (!at)
        cell = Cell::null();
    else
        read_binary(statement.columns_[column], *at, cell);
}

// The library's own fetching takes more time than all the rest of a row, and takes the connection for free at the end,
// although another statement's rows may be on it.
bool Statement::fetch_stored() noexcept {
    if (!stored_) return false;
    read_packet(reinterpret_cast<unsigned char*>(stored_->data));
    stored_ = stored_->next;
    return true;
}

// A byte that says nothing, a bit for each column that is NULL behind two that mean nothing, and the cells.
void Statement::read_packet(unsigned char* packet) noexcept {
    constexpr std::size_t unused = 2;
    const unsigned char* const nulls = packet + 1;
    unsigned char* at = packet + 1 + (row_.size() + unused + 7) / 8;
    for (std::size_t i = 0; i < row_.size(); ++i) {
        const std::size_t bit = i + unused;
        if ((nulls[bit / 8] >> bit % 8 & 1) != 0) [[unlikely]]
            row_[i] = Cell::null();
        else
            read_binary(columns_[i], at, row_[i]);
    }
}

bool Statement::fetch_streamed() {
    const int result = channel_.await(mysql_stmt_fetch_start, mysql_stmt_fetch_cont, statement_);
    if (result == 0) return true;
    if (result == MYSQL_NO_DATA) {
        read_end();
        return false;
    }
    finish_stream();
    rows_ = Rows::none;
    fail();
}

// Behind the last row stand the number of warnings and the state of the session. The library looks at them only where
// it stores the rows.
void Statement::read_end() noexcept {
    constexpr unsigned char mark = 0xFE;
    const unsigned char* const end = channel_.handle()->net.read_pos;
    if (*end != mark) return;
    const auto number = [](const unsigned char* at) { return static_cast<unsigned>(at[0] | at[1] << 8); };
    statement_->upsert_status.warning_count = number(end + 1);
    statement_->upsert_status.server_status = channel_.handle()->server_status = number(end + 3);
}

bool Statement::next() {
    switch (rows_) {
        case Rows::none: return false;
        case Rows::kept:
            if (buffer_.next(row_)) return true;
            if (failure_) throw *std::exchange(failure_, std::nullopt);
            break;
        case Rows::streamed:
            if (!read_at_once_) channel_.renew_deadline();
            if (fetch_streamed()) return true;
            drop_rows();
            report_late_warnings();
            return false;
        case Rows::stored:
            if (fetch_stored()) return true;
            break;
    }
    drop_rows();
    return false;
}

void Statement::drain() {
    // The row that is being looked at stays as it is, too.
    RowBuffer rest;
    rest.add(row_);
    std::vector<Cell> current(row_.size());
    rest.next(current);
    channel_.renew_deadline();
    try {
        while (fetch_streamed()) rest.add(row_);
        finish_stream();
        report_late_warnings();
    } catch (const Failure& failure) {
        failure_ = failure;  // of this statement, not of the one that makes room for itself: behind the rows that came
    }
    std::copy(current.begin(), current.end(), row_.begin());  // in place: who reads the row looks there
    buffer_ = std::move(rest);
    rows_ = Rows::kept;
}

void Statement::finish_stream() noexcept {
    owner_.set_stream(nullptr);
    channel_.end_command();
}

// The rest of a stream must be read before the connection can be used again. When it is long, the server is asked to
// end it, unless all of it would have been read anyway.
void Statement::drop_stream() noexcept {
    if (!read_at_once_) channel_.limit_command(patience);
    channel_.await(mysql_stmt_free_result_start, mysql_stmt_free_result_cont, statement_);
    finish_stream();
}

void Statement::drop_rows() noexcept {
    const Rows before = std::exchange(rows_, Rows::none);
    failure_.reset();
    buffer_.clear();
    names_.clear();
    stored_ = nullptr;
    if (before == Rows::streamed) return drop_stream();
    if (before == Rows::stored && !owner_.stream()) mysql_stmt_free_result(statement_);
}

std::size_t Statement::row_count() const noexcept {
    return rows_ == Rows::stored ? mysql_stmt_num_rows(statement_) : 0;
}

std::string_view Statement::column_name(std::size_t index) const {
    if (!names_.empty()) return names_[index];
    const MYSQL_FIELD& field = mariadb_stmt_fetch_fields(statement_)[index];
    return {field.name, field.name_length};
}

void Statement::release() noexcept {
    drop_rows();
    streamed_ = read_at_once_ = false;
    owner_.take_back(*this);
}

}  // namespace aludel::driver::mysql
