// The part of Statement that reads its rows as they are asked for. In a transaction a query becomes a cursor of the
// server, from which batches are fetched: the connection is free in between, and to stop early costs nothing. What
// cannot be a cursor comes row by row; then another statement has to wait until the rest has been read into memory.
#include "drivers/postgresql/failure.hpp"
#include "drivers/postgresql/session.hpp"
#include "drivers/postgresql/statement.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <utility>

namespace aludel::driver::postgresql {

namespace {

constexpr int first_batch = 100;
constexpr int greatest_batch = 10'000;
// How much memory a batch should take.
constexpr std::size_t batch_memory = 1 << 20;

// Rows for the next batch, as many as are likely to fit.
int next_batch(int rows, std::size_t memory) noexcept {
    const double fitting = static_cast<double>(rows) * static_cast<double>(batch_memory) /
                           static_cast<double>(std::max<std::size_t>(memory, 1));
    return static_cast<int>(std::clamp(fitting, 1.0, std::min(4.0 * rows, double{greatest_batch})));
}

}  // namespace

bool Statement::run_as_cursor() {
    const std::string declaration = fmt::format("DECLARE {} NO SCROLL CURSOR FOR ", cursor_.name = session_.new_name());
    const std::string sql = declaration + sql_;
    cursor_.epoch = session_.cursor_epoch();
    cursor_.batch = first_batch;
    session_.open_exchange(true);
    const Parameters& values = session_.parameters();
    session_.channel().require(PQsendQueryParams(session_.handle(), sql.c_str(), values.count(), types_.data(),
                                                 values.values(), values.lengths(), values.formats(), 0));
    send_fetch();
    session_.require_leading_success();
    try {
        session_.require_success(sql);
    } catch (Failure& failure) {
        cursor_ = {};
        // The place is that in the user's text.
        const auto before = static_cast<int>(declaration.size());
        if (failure.position >= before) failure.position -= before;
        throw;
    }
    take_batch();
    return true;
}

void Statement::send_fetch() {
    const bool binary = known_ && all_binary_;
    const std::string sql = fmt::format("FETCH FORWARD {} FROM {}", cursor_.batch, cursor_.name);
    session_.channel().require(
        PQsendQueryParams(session_.handle(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, binary ? 1 : 0));
    session_.dispatch();
}

void Statement::take_batch() {
    ResultPtr result = session_.channel().next_result();
    if (!result || PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
        cursor_ = {};
        session_.fail(std::move(result), sql_);
    }
    take_whole(std::move(result));
    cursor_.has_more = row_count_ == cursor_.batch;
    cursor_.batch = next_batch(cursor_.batch, PQresultMemorySize(result_.get()));
}

bool Statement::fetch_batch() {
    if (!std::exchange(cursor_.has_more, false)) return false;
    row_index_ = row_count_ = 0;
    session_.open_exchange(false);
    try {
        send_fetch();
        session_.require_leading_success();
    } catch (...) {
        session_.cancel_exchange();
        throw;
    }
    take_batch();
    return row_count_ != 0;
}

// Moves to the next rows of a stream.
bool Statement::next_of_stream() {
    if (!cursor_.name.empty()) return fetch_batch();
    if (!buffered_.empty()) {
        result_ = std::move(buffered_.front());
        buffered_.pop_front();
    } else if (streaming_) {
        session_.channel().restart();
        result_ = next_streamed();
    } else {
        return false;
    }
    row_index_ = 0;
    row_count_ = result_ ? 1 : 0;
    return row_count_ != 0;
}

// The next result of a statement that comes row by row; null at the end.
ResultPtr Statement::next_streamed() {
    ResultPtr result = session_.channel().next_result();
    if (result && PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) return result;
    streaming_ = false;
    session_.set_streaming(nullptr);
    if (!result || PQresultStatus(result.get()) != PGRES_TUPLES_OK) session_.fail(std::move(result), sql_);
    note_effect(result.get());
    session_.close_exchange();
    return nullptr;
}

void Statement::buffer_rest() {
    session_.channel().restart();
    while (ResultPtr result = next_streamed()) buffered_.push_back(std::move(result));
}

// Rows that come one by one are read and dropped: to cancel the statement would end the transaction.
void Statement::end_stream() {
    if (!cursor_.name.empty()) {
        session_.drop_cursor(std::move(cursor_.name), cursor_.epoch);
        cursor_ = {};
    }
    if (!streaming_) return;
    session_.channel().restart();
    while (next_streamed()) continue;
}

}  // namespace aludel::driver::postgresql
