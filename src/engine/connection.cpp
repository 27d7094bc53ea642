#include <aludel/base/error.hpp>
#include <aludel/engine/connection.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/expr/statement_nodes.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "engine/connection_core.hpp"

#include <algorithm>
#include <utility>

namespace aludel {

std::vector<std::string_view> detail::views_of(std::span<const std::string> names) {
    return {names.begin(), names.end()};
}

bool operator==(const ExecutionOptions& a, const ExecutionOptions& b) noexcept {
    return a.isolation_level == b.isolation_level && a.read_only == b.read_only && a.deferrable == b.deferrable &&
           a.stream_results == b.stream_results && a.statement_timeout == b.statement_timeout;
}

namespace {

// The value that an INSERT gave to a column: null where the database computed it.
Value inserted_value(const NodeRef& node, std::span<const ParameterValue> parameters) {
    if (node->kind() != NodeKind::bind) return Value::null();
    const auto& bind = static_cast<const BindNode&>(*node);
    for (const auto& parameter : parameters)
        if (parameter.name == bind.key()) return *parameter.value;
    return bind.value();
}

// The primary key of the row that an INSERT of one row made; empty for other statements.
std::vector<Value> inserted_key(const NodeRef& statement, std::span<const ParameterValue> parameters,
                                std::int64_t generated) {
    if (statement->kind() != NodeKind::insert) return {};
    const InsertDraft& parts = static_cast<const InsertNode&>(*statement).parts();
    if (parts.select || parts.values.size() != parts.columns.size()) return {};
    const TableInfo& table = static_cast<const TableNode&>(*parts.table).table();
    std::vector<Value> key;
    for (const ColumnInfo* column : table.primary_key()) {
        const auto found = std::find(parts.columns.begin(), parts.columns.end(), column);
        Value value;
        if (found != parts.columns.end())
            value = inserted_value(parts.values[static_cast<std::size_t>(found - parts.columns.begin())], parameters);
        if (value.is_null() && column == table.autoincrement_column()) value = Value::of(generated);
        key.push_back(std::move(value));
    }
    return key;
}

// The INSERT of one row with its generated key as a result, on a database that tells the key only when it is asked;
// null where there is nothing to ask for.
NodeRef asking_for_key(const NodeRef& statement, const DialectTraits& traits) {
    if (statement->kind() != NodeKind::insert || !traits.insert_returning) return {};
    const InsertDraft& parts = static_cast<const InsertNode&>(*statement).parts();
    const ColumnInfo* generated = static_cast<const TableNode&>(*parts.table).table().autoincrement_column();
    if (!generated || parts.select || !parts.returning.empty() || parts.values.size() != parts.columns.size())
        return {};
    const auto found = std::find(parts.columns.begin(), parts.columns.end(), generated);
    const bool is_given = found != parts.columns.end();
    if (is_given && parts.values[static_cast<std::size_t>(found - parts.columns.begin())]->kind() == NodeKind::bind)
        return {};
    // The next value of a sequence is no key that the client hears of by itself.
    if (!is_given && !traits.implicit_returning) return {};
    InsertDraft asking = parts;
    asking.returning.push_back(column_node(*generated));
    return freeze(std::move(asking));
}

std::int64_t generated_key(RowCursor& cursor) {
    if (!cursor.returns_rows()) return cursor.last_insert_id();
    const auto key = cursor.next() ? SqlTraits<std::int64_t>::decode(cursor.row().front(), DecodeContext{}) : 0;
    cursor.close();
    return key;
}

class Executor final : public SchemaExecutor {
  public:
    explicit Executor(detail::ConnectionCore& connection) : connection_(connection) {}
    const Dialect& dialect() const override { return connection_.engine()->dialect(); }
    void execute(std::string_view ddl) override { connection_.run_text(ddl, {}, {CacheStatus::no_key, {}}); }
    bool has_row(std::string_view query) override { return connection_.run_text(query, {}, {}).next(); }
    std::vector<std::vector<std::optional<std::string>>> rows(std::string_view query) override;

  private:
    detail::ConnectionCore& connection_;
};

std::optional<std::string> text_of(const Cell& cell) {
    switch (cell.kind) {
        case ValueKind::null: return std::nullopt;
        case ValueKind::boolean:
        case ValueKind::integer: return std::to_string(cell.integer);
        default: return cell.has_text() ? std::string{cell.text()} : cell.to_value().repr();
    }
}

std::vector<std::vector<std::optional<std::string>>> Executor::rows(std::string_view query) {
    RowCursor cursor = connection_.run_text(query, {}, {});
    std::vector<std::vector<std::optional<std::string>>> rows;
    while (cursor.next()) {
        auto& row = rows.emplace_back();
        for (const Cell& cell : cursor.row()) row.push_back(text_of(cell));
    }
    return rows;
}

}  // namespace

Connection::Connection(std::unique_ptr<detail::ConnectionCore> core) noexcept : core_(std::move(core)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

detail::ConnectionCore& Connection::core() const {
    if (!core_) throw ResourceClosedError("This Connection is closed");
    return *core_;
}

RowCursor Connection::run(const NodeRef& statement, std::span<const ParameterValue> parameters) {
    if (closed()) throw ResourceClosedError("This Connection is closed");
    return run(core().engine()->cache().find(statement), parameters);
}

RowCursor Connection::run(const PreparedStatement& prepared, std::span<const ParameterValue> parameters) {
    return core().run(prepared, parameters);
}

RowCursor Connection::run(const PreparedStatement& prepared, std::span<const Cell> values) {
    return core().run(prepared, values);
}

std::int64_t Connection::run_many(const PreparedStatement& prepared, std::span<const std::string> names,
                                  std::span<const ParameterRow> rows) {
    return core().run_many(prepared, names, rows).rows_affected();
}

std::int64_t Connection::run_many(const PreparedStatement& prepared, const ParameterCells& rows) {
    return core().run_many(prepared, rows).rows_affected();
}

void Connection::insert_many(const PreparedStatement& prepared, const ParameterCells& rows,
                             std::vector<std::int64_t>& keys) {
    core().insert_many(prepared, rows, keys);
}

CursorResult Connection::execute_node(const NodeRef& statement, std::span<const ParameterValue> parameters) {
    const NodeRef asking = closed() ? NodeRef{} : asking_for_key(statement, dialect().traits());
    if (!asking) {
        detail::ResultCore result{run(statement, parameters)};
        result.primary_key = inserted_key(statement, parameters, result.cursor().last_insert_id());
        return CursorResult{std::move(result)};
    }
    detail::ResultCore result{run(asking, parameters)};
    result.primary_key = inserted_key(statement, parameters, generated_key(result.cursor()));
    return CursorResult{std::move(result)};
}

CursorResult Connection::execute_many(const NodeRef& statement, std::span<const std::string> names,
                                      std::span<const ParameterRow> rows) {
    if (closed()) throw ResourceClosedError("This Connection is closed");
    const auto prepared = core().engine()->cache().find(statement);
    return CursorResult{detail::ResultCore{core().run_many(prepared, names, rows)}};
}

CursorResult Connection::exec_driver_sql(std::string_view sql, std::span<const Value> parameters) {
    return CursorResult{detail::ResultCore{core().run_text(sql, parameters, {})}};
}

Transaction Connection::begin() {
    core().begin_by_hand();
    return Transaction{core_->root()};
}

RowCursor Connection::stream(const NodeRef& statement, std::span<const ParameterValue> parameters) {
    if (closed()) throw ResourceClosedError("This Connection is closed");
    return core().run(core().engine()->cache().find(statement), parameters, detail::Reading::streamed);
}

RowCursor Connection::read_at_once(const NodeRef& statement, std::span<const ParameterValue> parameters) {
    if (closed()) throw ResourceClosedError("This Connection is closed");
    return core().run(core().engine()->cache().find(statement), parameters, detail::Reading::at_once);
}

Transaction Connection::begin_nested() { return Transaction{core().begin_nested()}; }
void Connection::commit() { core().commit(); }
void Connection::rollback() { core().rollback(); }
bool Connection::in_transaction() const noexcept { return core_ && core_->in_transaction(); }
bool Connection::in_nested_transaction() const noexcept { return core_ && core_->in_nested_transaction(); }

std::optional<Transaction> Connection::get_transaction() {
    if (!in_transaction()) return std::nullopt;
    return Transaction{core_->root(), false};
}

std::optional<Transaction> Connection::get_nested_transaction() {
    if (!in_nested_transaction()) return std::nullopt;
    return Transaction{core_->innermost_savepoint(), false};
}

TwoPhaseTransaction Connection::begin_twophase(std::string_view xid) {
    core().begin_two_phase(xid);
    return TwoPhaseTransaction{core_->root()};
}

std::vector<std::string> Connection::recover_twophase() { return core().prepared_ids(); }
void Connection::commit_prepared(std::string_view xid) { core().commit_prepared(xid); }
void Connection::rollback_prepared(std::string_view xid) { core().rollback_prepared(xid); }

Connection& Connection::execution_options(const ExecutionOptions& options) {
    core().change_options(options);
    return *this;
}

const ExecutionOptions& Connection::get_execution_options() const { return core().options(); }

void Connection::close() noexcept {
    if (core_) core_->close();
}

bool Connection::closed() const noexcept { return !core_ || core_->closed(); }

void Connection::invalidate() {
    if (closed()) throw ResourceClosedError("This Connection is closed");
    core_->invalidate();
}

bool Connection::invalidated() const noexcept { return core_ && core_->invalidated(); }

void Connection::interrupt() const noexcept {
    if (core_) core_->interrupt();
}

const Dialect& Connection::dialect() const { return core().engine()->dialect(); }
Engine Connection::engine() const { return Engine{core().engine(), core().engine_options()}; }
std::string Connection::server_version() { return core().server_version(); }
void Connection::record_statements(std::vector<std::string>* into) noexcept {
    if (core_) core_->record_statements(into);
}

std::uint64_t Connection::statement_count() const noexcept { return core_ ? core_->statement_count() : 0; }

void Connection::run_schema(const Work& work) const {
    Executor executor{core()};
    work(executor);
}

}  // namespace aludel
