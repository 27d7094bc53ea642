// The part of ConnectionCore that runs statements.
#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>

#include "engine/connection_core.hpp"
#include "engine/parameters_text.hpp"

#include <algorithm>
#include <utility>

namespace aludel::detail {

LogNote note_of(const PreparedStatement& prepared) {
    const CompiledStatement& compiled = *prepared.compiled;
    if (!prepared.cached) return {CacheStatus::generated, compiled.generation};
    return {CacheStatus::cached, std::chrono::steady_clock::now() - compiled.generated_at};
}

void ConnectionCore::count_statement(std::string_view sql) {
    ++statements_;
    engine_->count_statement();
    if (record_ != nullptr) record_->emplace_back(sql);
}

void ConnectionCore::log_statement(std::string_view sql, std::string_view parameters, LogNote note) {
    auto& logger = engine_->logger();
    logger.write({.kind = LogKind::statement,
                  .message = sql,
                  .parameters = logger.hides_parameters() ? hidden_parameters : parameters,
                  .cache = note.cache,
                  .cache_age = note.age});
}

StatementExecution ConnectionCore::execution_of(const RowCursor& rows, std::size_t parameter_rows) {
    return {.connection = pooled(),
            .statement = std::string(rows.sql()),
            .parameters = rows.bound_.values,
            .parameter_rows = std::max<std::size_t>(parameter_rows, 1),
            .executemany = parameter_rows != 0};
}

// The listeners may write another text.
void ConnectionCore::announce(RowCursor& rows, std::size_t parameter_rows) {
    StatementExecution told = execution_of(rows, parameter_rows);
    engine_->listeners().before(told);
    if (told.statement != rows.sql()) rows.bound_.expanded = std::move(told.statement);
}

void ConnectionCore::tell_done(const RowCursor& rows, std::size_t parameter_rows,
                               std::chrono::steady_clock::duration took) {
    StatementExecution done = execution_of(rows, parameter_rows);
    done.rows_affected = rows.rows_affected_;
    done.took = took;
    engine_->listeners().after(done);
}

// Prepares, binds and runs what the cursor holds. The values are in the cursor already, since the driver goes on
// reading them where they are.
void ConnectionCore::send(RowCursor& rows, bool streamed) {
    const std::string_view sql = rows.sql();
    count_statement(sql);
    try {
        auto guard = lock();
        join_database_transaction();
        auto cursor = lease_.connection->prepare(sql);
        cursor->set_streamed(streamed);
        cursor->execute(rows.bound_.values);
        rows.rows_affected_ = cursor->rows_affected();
        rows.last_insert_id_ = cursor->last_insert_id();
        rows.column_count_ = cursor->column_count();
        if (rows.column_count_ != 0) rows.cursor_ = std::move(cursor);
    } catch (const driver::Failure& failure) {
        fail(failure, sql, parameters_text(rows.bound_.values));
    }
}

// Runs what the cursor holds; the transaction has begun.
void ConnectionCore::start(RowCursor& rows, bool streamed) {
    const bool told = engine_->listeners().any();
    const auto began = told ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point();
    send(rows, streamed);
    const auto took = told ? std::chrono::steady_clock::now() - began : std::chrono::steady_clock::duration();
    if (rows.cursor_) {
        rows.state_ = RowCursor::State::open;
        rows.link(*this);
    } else {
        rows.state_ = RowCursor::State::without_rows;
    }
    if (told) tell_done(rows, 0, took);
}

// What was compiled before the engine knew its server's version may have to be written in another way.
PreparedStatement ConnectionCore::for_this_server(const PreparedStatement& prepared) const {
    return engine_->cache().find(prepared.statement);
}

RowCursor ConnectionCore::run(const PreparedStatement& prepared, std::span<const ParameterValue> parameters,
                              bool streamed) {
    require_usable();
    if (prepared.compiled->dialect != &engine_->dialect()) [[unlikely]]
        return run(for_this_server(prepared), parameters, streamed);
    RowCursor rows;
    rows.compiled_ = prepared.compiled;
    try {
        rows.bound_ = bind_values(prepared, engine_->dialect(), parameters);
    } catch (StatementError& error) {
        error.set_statement(context(prepared.compiled->text, {}));
        throw;
    }
    autobegin();
    if (engine_->listeners().any()) announce(rows, 0);
    if (engine_->logger().is_on()) log_statement(rows.sql(), parameters_text(rows.bound_.values), note_of(prepared));
    start(rows, streamed || options_.stream_results.value_or(false));
    return rows;
}

RowCursor ConnectionCore::run_text(std::string_view sql, std::span<const Value> values, LogNote note) {
    require_usable();
    RowCursor rows;
    rows.bound_.expanded.assign(sql);
    rows.bound_.values.assign(values.begin(), values.end());
    autobegin();
    if (engine_->listeners().any()) announce(rows, 0);
    if (engine_->logger().is_on()) log_statement(rows.sql(), parameters_text(values), note);
    start(rows, options_.stream_results.value_or(false));
    return rows;
}

// The values of all rows as the database stores them, one row behind the other: all of them before the first is sent,
// so that a value that does not fit leaves nothing behind.
std::vector<Value> ConnectionCore::stored_rows(const PreparedStatement& prepared, std::span<const std::string> names,
                                               std::span<const ParameterRow> rows) const {
    const auto& slots = prepared.compiled->slots;
    // For each slot where its value comes from: the position in the row, or past the end: the statement itself.
    std::vector<std::size_t> sources;
    sources.reserve(slots.size());
    for (const auto& slot : slots)
        sources.push_back(static_cast<std::size_t>(std::find(names.begin(), names.end(), slot.name) - names.begin()));
    std::vector<Value> values;
    values.reserve(slots.size() * rows.size());
    for (const auto& row : rows) {
        if (row.size() != names.size())
            throw ArgumentError("A row of parameters has not as many values as there are names.");
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const BindSlot& slot = slots[i];
            const Value& given = sources[i] < row.size()          ? row[sources[i]]
                                 : slot.bind == BindSlot::no_bind ? slot.constant
                                                                  : prepared.binds[slot.bind]->value();
            values.push_back(stored_value(given, slot, *prepared.compiled, engine_->dialect()));
        }
    }
    return values;
}

std::vector<Value> ConnectionCore::checked_rows(const PreparedStatement& prepared, std::span<const std::string> names,
                                                std::span<const ParameterRow> rows) const {
    try {
        // The first row the general way: it finds parameters without a value.
        std::vector<ParameterValue> first;
        for (std::size_t i = 0; i < names.size() && i < rows[0].size(); ++i) first.push_back({names[i], &rows[0][i]});
        bind_values(prepared, engine_->dialect(), first);
        return stored_rows(prepared, names, rows);
    } catch (StatementError& error) {
        error.set_statement(context(prepared.compiled->text, {}));
        throw;
    }
}

RowCursor ConnectionCore::run_many(const PreparedStatement& prepared, std::span<const std::string> names,
                                   std::span<const ParameterRow> rows) {
    require_usable();
    if (prepared.compiled->dialect != &engine_->dialect()) [[unlikely]]
        return run_many(for_this_server(prepared), names, rows);
    RowCursor result;
    result.compiled_ = prepared.compiled;
    result.state_ = RowCursor::State::without_rows;
    result.rows_affected_ = 0;
    if (rows.empty()) return result;
    const CompiledStatement& compiled = *prepared.compiled;
    if (compiled.expanding)
        throw InvalidRequestError(
            "A statement with IN over a list cannot run for many rows at once, since its text depends "
            "on the list; run it row by row.");
    result.bound_.values = checked_rows(prepared, names, rows);
    autobegin();
    send_many(result, rows.size(), note_of(prepared));
    result.bound_.values.clear();
    return result;
}

// Runs the statement once for each of so many rows of parameters, which the cursor holds.
void ConnectionCore::send_many(RowCursor& result, std::size_t count, LogNote note) {
    const bool told = engine_->listeners().any();
    const std::vector<Value>& values = result.bound_.values;
    const auto parameters = [&] { return parameter_rows_text(values, values.size() / count, count); };
    if (told) announce(result, count);
    const std::string_view sql = result.sql();
    if (engine_->logger().is_on()) log_statement(sql, parameters(), note);
    count_statement(sql);
    const auto began = told ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point();
    try {
        auto guard = lock();
        join_database_transaction();
        auto cursor = lease_.connection->prepare(sql);
        result.rows_affected_ = cursor->execute_many(values, count);
        result.last_insert_id_ = cursor->last_insert_id();
    } catch (const driver::Failure& failure) {
        fail(failure, sql, parameters());
    }
    if (told) tell_done(result, count, std::chrono::steady_clock::now() - began);
}

}  // namespace aludel::detail
