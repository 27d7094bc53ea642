// The part of ConnectionCore that runs statements.
#include <aludel/base/error.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/nodes.hpp>

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

StatementExecution ConnectionCore::execution_of(const RowCursor& rows, std::span<const Cell> parameters,
                                                std::size_t parameter_rows) {
    return {.connection = pooled(),
            .statement = std::string(rows.sql()),
            .parameters = parameters,
            .parameter_rows = std::max<std::size_t>(parameter_rows, 1),
            .executemany = parameter_rows != 0};
}

// The listeners may write another text.
void ConnectionCore::announce(RowCursor& rows, std::span<const Cell> parameters, std::size_t parameter_rows) {
    StatementExecution told = execution_of(rows, parameters, parameter_rows);
    engine_->listeners().before(told);
    if (told.statement == rows.sql()) return;
    if (!rows.bound_) rows.bound_ = std::make_unique<BoundStatement>();
    rows.bound_->expanded = std::move(told.statement);
}

void ConnectionCore::tell_done(const RowCursor& rows, std::span<const Cell> parameters, std::size_t parameter_rows,
                               std::chrono::steady_clock::duration took) {
    StatementExecution done = execution_of(rows, parameters, parameter_rows);
    done.rows_affected = rows.rows_affected_;
    done.took = took;
    engine_->listeners().after(done);
}

// Prepares, binds and runs what the cursor holds. The values are in the cursor already, since the driver goes on
// reading them where they are.
void ConnectionCore::send(RowCursor& rows, Reading reading) {
    const std::string_view sql = rows.sql();
    count_statement(sql);
    try {
        auto guard = lock();
        join_database_transaction();
        auto cursor = lease_.connection->prepare(sql);
        cursor->set_streamed(reading == Reading::streamed);
        cursor->set_read_at_once(reading == Reading::at_once);
        cursor->execute(rows.bound_->values);
        rows.rows_affected_ = cursor->rows_affected();
        rows.last_insert_id_ = cursor->last_insert_id();
        rows.column_count_ = cursor->column_count();
        if (rows.column_count_ != 0) rows.cursor_ = std::move(cursor);
    } catch (const driver::Failure& failure) {
        fail(failure, sql, parameters_text(rows.bound_->values));
    }
}

// Runs what the cursor holds; the transaction has begun.
void ConnectionCore::start(RowCursor& rows, Reading reading) {
    const bool told = engine_->listeners().any();
    const auto began = told ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point();
    send(rows, reading);
    const auto took = told ? std::chrono::steady_clock::now() - began : std::chrono::steady_clock::duration();
    if (rows.cursor_) {
        rows.state_ = RowCursor::State::open;
        rows.link(*this);
    } else {
        rows.state_ = RowCursor::State::without_rows;
    }
    if (told) tell_done(rows, rows.bound_->values, 0, took);
}

// What was compiled before the engine knew its server's version may have to be written in another way.
PreparedStatement ConnectionCore::for_this_server(const PreparedStatement& prepared) const {
    return engine_->cache().find(prepared.statement);
}

RowCursor ConnectionCore::run(const PreparedStatement& prepared, std::span<const ParameterValue> parameters,
                              Reading reading) {
    require_usable();
    const auto bind = [&](const PreparedStatement& what, BoundStatement& bound) {
        bind_values(what, engine_->dialect(), parameters, bound);
    };
    if (prepared.compiled->dialect != &engine_->dialect()) [[unlikely]]
        return run_bound(for_this_server(prepared), reading, bind);
    return run_bound(prepared, reading, bind);
}

RowCursor ConnectionCore::run(const PreparedStatement& prepared, std::span<const Cell> values) {
    require_usable();
    const auto bind = [&](const PreparedStatement& what, BoundStatement& bound) {
        bind_in_order(what, engine_->dialect(), values, bound);
    };
    if (prepared.compiled->dialect != &engine_->dialect()) [[unlikely]]
        return run_bound(for_this_server(prepared), Reading::stored, bind);
    return run_bound(prepared, Reading::stored, bind);
}

template <class Bind>
RowCursor ConnectionCore::run_bound(const PreparedStatement& prepared, Reading reading, Bind bind) {
    RowCursor rows;
    rows.compiled_ = prepared.compiled;
    rows.bound_ = spare_ ? std::move(spare_) : std::make_unique<BoundStatement>();
    try {
        bind(prepared, *rows.bound_);
    } catch (StatementError& error) {
        error.set_statement(context(prepared.compiled->text, {}));
        throw;
    }
    autobegin();
    if (engine_->listeners().any()) announce(rows, rows.bound_->values, 0);
    if (engine_->logger().is_on()) log_statement(rows.sql(), parameters_text(rows.bound_->values), note_of(prepared));
    start(rows, options_.stream_results.value_or(false) ? Reading::streamed : reading);
    if (!rows.cursor_) reclaim(std::move(rows.bound_));
    return rows;
}

void ConnectionCore::reclaim(std::unique_ptr<BoundStatement> bound) noexcept {
    constexpr std::size_t most_values = 64;  // what holds more is not kept for those that hold less
    if (bound->values.capacity() > most_values) return;
    bound->clear();
    spare_ = std::move(bound);
}

RowCursor ConnectionCore::run_text(std::string_view sql, std::span<const Value> values, LogNote note) {
    require_usable();
    RowCursor rows;
    rows.bound_ = std::make_unique<BoundStatement>();
    rows.bound_->expanded.assign(sql);
    rows.bound_->kept.assign(values.begin(), values.end());
    rows.bound_->values = cells_of(rows.bound_->kept);
    autobegin();
    if (engine_->listeners().any()) announce(rows, rows.bound_->values, 0);
    if (engine_->logger().is_on()) log_statement(rows.sql(), parameters_text(rows.bound_->values), note);
    start(rows, options_.stream_results.value_or(false) ? Reading::streamed : Reading::stored);
    return rows;
}

namespace {

ParameterCells cells_of_rows(std::span<const std::string> names, std::span<const ParameterRow> rows) {
    ParameterCells cells;
    cells.names.assign(names.begin(), names.end());
    cells.rows = rows.size();
    cells.cells.reserve(rows.size() * names.size());
    for (const ParameterRow& row : rows) {
        if (row.size() != names.size())
            throw ArgumentError("A row of parameters has not as many values as there are names.");
        for (const Value& value : row) cells.cells.push_back(Cell::of(value));
    }
    return cells;
}

void require_fixed_text(const CompiledStatement& compiled) {
    if (compiled.expanding)
        throw InvalidRequestError(
            "A statement with IN over a list cannot run for many rows at once, since its text depends "
            "on the list; run it row by row.");
}

// For each slot where its value comes from: the place in the row, or past the end: the statement itself.
std::vector<std::size_t> sources_of(const CompiledStatement& compiled, std::span<const std::string_view> names) {
    std::vector<std::size_t> sources;
    sources.reserve(compiled.slots.size());
    for (const BindSlot& slot : compiled.slots) {
        const auto found = std::find(names.begin(), names.end(), slot.name);
        if (found == names.end() && slot.required) throw_missing_parameter(slot, compiled);
        sources.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    return sources;
}

}  // namespace

namespace {

// Whether the cells are what is sent: in the order of the slots, and in the form in which the database stores them.
bool is_bound_already(const CompiledStatement& compiled, const std::vector<std::size_t>& sources,
                      const ParameterCells& rows, const Dialect& dialect) {
    const std::size_t width = compiled.slots.size();
    if (width != rows.names.size()) return false;
    for (std::size_t i = 0; i < width; ++i)
        if (sources[i] != i) return false;
    for (std::size_t cell = 0; cell < rows.cells.size();)
        for (std::size_t i = 0; i < width; ++i, ++cell)
            if (!dialect.stores_as_is(rows.cells[cell], compiled.slots[i].type)) return false;
    return true;
}

void bind_each(const PreparedStatement& prepared, const std::vector<std::size_t>& sources, const ParameterCells& rows,
               const Dialect& dialect, BoundRows& bound) {
    const CompiledStatement& compiled = *prepared.compiled;
    bound.own.reserve(bound.width * bound.rows);
    for (const Cell* row = rows.cells.data(); bound.own.size() < bound.width * bound.rows; row += rows.names.size())
        for (std::size_t i = 0; i < bound.width; ++i) {
            const BindSlot& slot = compiled.slots[i];
            const Cell& given = sources[i] < rows.names.size()   ? row[sources[i]]
                                : slot.bind == BindSlot::no_bind ? Cell::of(slot.constant)
                                                                 : Cell::of(prepared.binds[slot.bind]->value());
            bound.own.push_back(bound.store(given, slot, compiled, dialect));
        }
    bound.cells = bound.own;
}

}  // namespace

// All values are converted before the first is sent, so that one that does not fit leaves nothing behind.
BoundRows ConnectionCore::bind_rows(const PreparedStatement& prepared, const ParameterCells& rows) const {
    const CompiledStatement& compiled = *prepared.compiled;
    BoundRows bound;
    bound.width = compiled.slots.size();
    bound.rows = rows.rows;
    try {
        const auto sources = sources_of(compiled, rows.names);
        if (is_bound_already(compiled, sources, rows, engine_->dialect()))
            bound.cells = rows.cells;
        else
            bind_each(prepared, sources, rows, engine_->dialect(), bound);
    } catch (StatementError& error) {
        error.set_statement(context(compiled.text, {}));
        throw;
    }
    return bound;
}

// Runs the statement for rows of parameters.
template <class Execute>
void ConnectionCore::send_many(RowCursor& result, const BoundRows& bound, LogNote note, Execute execute) {
    const bool told = engine_->listeners().any();
    const auto parameters = [&] { return parameter_rows_text(bound.cells, bound.width, bound.rows); };
    autobegin();
    if (told) announce(result, bound.cells, bound.rows);
    const std::string_view sql = result.sql();
    if (engine_->logger().is_on()) log_statement(sql, parameters(), note);
    count_statement(sql);
    const auto began = told ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point();
    try {
        auto guard = lock();
        join_database_transaction();
        const auto cursor = lease_.connection->prepare(sql);
        execute(*cursor, bound.cells);
    } catch (const driver::Failure& failure) {
        fail(failure, sql, parameters());
    }
    if (told) tell_done(result, bound.cells, bound.rows, std::chrono::steady_clock::now() - began);
}

RowCursor ConnectionCore::run_many(const PreparedStatement& prepared, std::span<const std::string> names,
                                   std::span<const ParameterRow> rows) {
    return run_many(prepared, cells_of_rows(names, rows));
}

RowCursor ConnectionCore::run_many(const PreparedStatement& prepared, const ParameterCells& rows) {
    require_usable();
    if (prepared.compiled->dialect != &engine_->dialect()) [[unlikely]]
        return run_many(for_this_server(prepared), rows);
    RowCursor result;
    result.compiled_ = prepared.compiled;
    result.state_ = RowCursor::State::without_rows;
    result.rows_affected_ = 0;
    if (rows.rows == 0) return result;
    require_fixed_text(*prepared.compiled);
    send_many(result, bind_rows(prepared, rows), note_of(prepared),
              [&](driver::Cursor& cursor, std::span<const Cell> values) {
                  result.rows_affected_ = cursor.execute_many(values, rows.rows);
                  result.last_insert_id_ = cursor.last_insert_id();
              });
    return result;
}

void ConnectionCore::insert_many(const PreparedStatement& prepared, const ParameterCells& rows,
                                 std::vector<std::int64_t>& keys) {
    require_usable();
    if (prepared.compiled->dialect != &engine_->dialect()) [[unlikely]]
        return insert_many(for_this_server(prepared), rows, keys);
    if (rows.rows == 0) return;
    require_fixed_text(*prepared.compiled);
    RowCursor result;
    result.compiled_ = prepared.compiled;
    result.state_ = RowCursor::State::without_rows;
    send_many(result, bind_rows(prepared, rows), note_of(prepared),
              [&](driver::Cursor& cursor, std::span<const Cell> values) {
                  cursor.insert_many(values, rows.rows, keys);
                  result.rows_affected_ = static_cast<std::int64_t>(rows.rows);
              });
}

}  // namespace aludel::detail
