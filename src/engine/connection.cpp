#include <aludel/base/error.hpp>
#include <aludel/engine/connection.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include "engine/connection_core.hpp"

#include <algorithm>
#include <utility>

namespace aludel {

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

class Executor final : public SchemaExecutor {
  public:
    explicit Executor(detail::ConnectionCore& connection) : connection_(connection) {}
    const Dialect& dialect() const override { return connection_.engine()->dialect(); }
    void execute(std::string_view ddl) override { connection_.run_text(ddl, {}, {CacheStatus::no_key, {}}); }
    bool has_row(std::string_view query) override { return connection_.run_text(query, {}, {}).next(); }

  private:
    detail::ConnectionCore& connection_;
};

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

std::int64_t Connection::run_many(const PreparedStatement& prepared, std::span<const std::string> names,
                                  std::span<const ParameterRow> rows) {
    return core().run_many(prepared, names, rows).rows_affected();
}

CursorResult Connection::execute_node(const NodeRef& statement, std::span<const ParameterValue> parameters) {
    detail::ResultCore result{run(statement, parameters)};
    result.primary_key = inserted_key(statement, parameters, result.cursor().last_insert_id());
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

Transaction Connection::begin_nested() { return Transaction{core().begin_nested()}; }
void Connection::commit() { core().commit(); }
void Connection::rollback() { core().rollback(); }
bool Connection::in_transaction() const noexcept { return core_ && core_->in_transaction(); }
bool Connection::in_nested_transaction() const noexcept { return core_ && core_->in_nested_transaction(); }

Connection& Connection::execution_options(const ExecutionOptions& options) {
    core().set_isolation_level(options.isolation_level);
    return *this;
}

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
Engine Connection::engine() const { return Engine{core().engine()}; }
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
