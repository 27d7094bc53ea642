#pragma once

#include <aludel/base/owned.hpp>
#include <aludel/engine/detail/statement_traits.hpp>
#include <aludel/engine/options.hpp>
#include <aludel/engine/result.hpp>
#include <aludel/engine/row_cursor.hpp>
#include <aludel/engine/transaction.hpp>
#include <aludel/sql/compile/statement_cache.hpp>
#include <aludel/sql/schema/executor.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aludel {

class Engine;

namespace detail {
class ConnectionCore;
}  // namespace detail

/// How transactions and statements run: of one connection until it is closed (`Connection::execution_options`), of all
/// connections of a handle of an engine (`Engine::execution_options`), or of one transaction of a session
/// (`Session::connection`). What is left out stays as it was.
struct ExecutionOptions {
    /// `database_default`: as the engine's options have it.
    std::optional<IsolationLevel> isolation_level = {};
    /// Transactions that only read (SQLAlchemy's `postgresql_readonly`), where the database has them.
    std::optional<bool> read_only = {};
    /// Transactions whose beginning the database may delay until they cannot fail to serialize (SQLAlchemy's
    /// `postgresql_deferrable`); only with `serializable` and `read_only`.
    std::optional<bool> deferrable = {};
    /// Rows come from the server as they are read, instead of all of them before the first: a result of any size needs
    /// little memory, and the connection is busy until the last row was read.
    std::optional<bool> stream_results = {};
    /// How long a statement may take; zero: as long as it wants. As `EngineOptions::statement_timeout`.
    std::optional<std::chrono::milliseconds> statement_timeout = {};

    friend bool operator==(const ExecutionOptions& a, const ExecutionOptions& b) noexcept;
};

/// A row of parameters for an executemany: values in the order of the names that go with it.
using ParameterRow = std::vector<Value>;

/// Rows of parameters as views, for who has the values already: they stay where they are while the rows run.
struct ParameterCells {
    std::vector<std::string_view> names;
    std::vector<Cell> cells;  ///< row behind row, each in the order of `names`
    std::size_t rows = 0;
};

/// One connection of an engine's pool. The first statement begins a transaction; `commit` keeps it, `rollback` drops
/// it, and so does `close`, which gives the connection back to the pool. Move-only; one thread at a time, except for
/// `interrupt`.
///
/// Source: SQLAlchemy 1.4's future `Connection`, which is 2.0's.
class Connection final : public SchemaTarget {
  public:
    /// What was moved from is closed.
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;
    /// `close`.
    ~Connection() override;

    /// Runs a statement; one statement reaches the database, after the BEGIN of the first. The result reads its rows
    /// from the database as they are asked for. Values for the statement's named parameters follow as `"name"_a =
    /// value`.
    /// @throws DBAPIError and its classes with the statement and its parameters; CompileError; ResourceClosedError.
    template <class Statement, class... Arguments>
    auto execute(const Statement& statement, const Arguments&... arguments) {
        const detail::NamedValues<sizeof...(Arguments)> values{arguments...};
        return detail::result_of<Statement>(execute_node(detail::statement_node(statement), values.view()));
    }

    /// The first column of the first row, or nothing when there is no row.
    template <class Statement, class... Arguments>
    auto scalar(const Statement& statement, const Arguments&... arguments) {
        return execute(statement, arguments...).scalar();
    }

    /// The same without types: what `execute` calls.
    CursorResult execute_node(const NodeRef& statement, std::span<const ParameterValue> parameters = {});

    /// Executemany: runs an INSERT, UPDATE or DELETE once for each row, prepared once, logged once. `names` says which
    /// parameters the values of the rows are. The result has the number of affected rows.
    CursorResult execute_many(const NodeRef& statement, std::span<const std::string> names,
                              std::span<const ParameterRow> rows);
    /// The same for `insert(table)` and `update(table)`, whose columns are `names`, and for `text()`.
    template <class Statement>
    CursorResult execute_many(const Statement& statement, std::span<const std::string> names,
                              std::span<const ParameterRow> rows) {
        return execute_many(detail::statement_node_for(statement, names), names, rows);
    }

    /// Sends text to the driver as it is, with the driver's own parameter markers.
    CursorResult exec_driver_sql(std::string_view sql, std::span<const Value> parameters = {});

    /// As `execute_node`, without the conveniences of a result: the way of the ORM.
    RowCursor run(const NodeRef& statement, std::span<const ParameterValue> parameters = {});
    /// The same with rows that come from the server as they are read (`ExecutionOptions::stream_results`).
    RowCursor stream(const NodeRef& statement, std::span<const ParameterValue> parameters = {});
    /// The same for rows that are read at once, up to the last: they need not be in memory before.
    RowCursor read_at_once(const NodeRef& statement, std::span<const ParameterValue> parameters = {});
    /// For a statement that was looked up already.
    RowCursor run(const PreparedStatement& prepared, std::span<const ParameterValue> parameters = {});
    /// With a value for each slot of the compiled statement, in their order. They stay where they are while rows are
    /// read.
    RowCursor run(const PreparedStatement& prepared, std::span<const Cell> values);
    /// As `execute_many`; the number of affected rows. 0 rows of parameters send nothing.
    std::int64_t run_many(const PreparedStatement& prepared, std::span<const std::string> names,
                          std::span<const ParameterRow> rows);
    std::int64_t run_many(const PreparedStatement& prepared, const ParameterCells& rows);
    /// The same for an INSERT whose key the database generates: adds the keys, in the order of the rows, to `keys`.
    void insert_many(const PreparedStatement& prepared, const ParameterCells& rows, std::vector<std::int64_t>& keys);

    /// Begins a transaction by hand instead of leaving it to the first statement.
    /// @throws InvalidRequestError when one has begun already.
    [[nodiscard]] Transaction begin();
    /// SAVEPOINT. Begins a transaction first where there is none.
    [[nodiscard]] Transaction begin_nested();
    /// COMMIT, with everything in savepoints. Nothing when no transaction has begun.
    void commit();
    /// ROLLBACK. Nothing when no transaction has begun. After a lost connection or transaction it makes this object
    /// usable again.
    void rollback();
    /// Whether a transaction has begun, by `begin` or by the first statement, and has not ended.
    bool in_transaction() const noexcept;
    /// Whether a savepoint is open.
    bool in_nested_transaction() const noexcept;
    /// The transaction that has begun, or nothing. The object does not own it: the end of its scope does nothing.
    std::optional<Transaction> get_transaction();
    /// The innermost open savepoint, or nothing; as `get_transaction`.
    std::optional<Transaction> get_nested_transaction();

    /// Begins a transaction that is committed in two phases, under this name or, if it is empty, under a new one.
    /// @throws InvalidRequestError when one has begun already, or the database has no two-phase commit.
    [[nodiscard]] TwoPhaseTransaction begin_twophase(std::string_view xid = {});
    /// The names of the transactions that are prepared on the database and wait for their second phase: those of other
    /// programs, too.
    std::vector<std::string> recover_twophase();
    /// The second phase for a transaction that a connection left behind, by its name.
    /// @throws InvalidRequestError in a transaction.
    void commit_prepared(std::string_view xid);
    void rollback_prepared(std::string_view xid);

    /// Other options for this connection until it is closed; the pool gets it back as it was.
    /// @throws InvalidRequestError for another isolation level or access in a transaction; ArgumentError for a level
    /// that the database does not have; NotSupportedError where it has no read-only transactions.
    Connection& execution_options(const ExecutionOptions& options);
    /// Those of the engine's handle with those that were given to this connection.
    const ExecutionOptions& get_execution_options() const;

    /// Rolls back what is not committed and gives the connection back to the pool. May be called again.
    void close() noexcept;
    /// Whether `close` was called, or the connection was moved away; everything else is then a ResourceClosedError.
    bool closed() const noexcept;
    /// Throws the database's connection away; the next use takes a new one, after `rollback` where a transaction was
    /// open.
    void invalidate();
    /// Takes the connection out of the pool, which opens another one in its place; `close` then closes it. For what
    /// should not come back, because it was changed by text.
    /// @throws InvalidRequestError where the pool shares its connections.
    void detach();
    /// The connection as the pool's handlers see it; valid until this object is closed or invalidated.
    PooledConnection pooled_connection();
    /// The connection was lost, or `invalidate` was called.
    bool invalidated() const noexcept;

    /// Ends the statement that is running on this connection with an OperationalError. For any thread, but not while
    /// another closes the connection.
    void interrupt() const noexcept;

    /// The dialect that writes this connection's statements.
    const Dialect& dialect() const;
    /// The engine that the connection belongs to; a handle, which keeps it alive.
    Engine engine() const;
    /// The version of the database, such as "3.40.1". Sends no statement on SQLite.
    std::string server_version();

    /// Statements that this object has sent; BEGIN, COMMIT and ROLLBACK are not counted, savepoints are.
    std::uint64_t statement_count() const noexcept;
    /// From now on the text of each of these statements is appended to `into`; null ends it. The caller owns the list.
    void record_statements(std::vector<std::string>* into) noexcept;

    /// For `MetaData::create_all`: works in the transaction that this connection is in, and commits nothing.
    void run_schema(const Work& work) const override;

  private:
    friend class Engine;
    explicit Connection(std::unique_ptr<detail::ConnectionCore> core) noexcept;
    detail::ConnectionCore& core() const;

    detail::Owned<detail::ConnectionCore> core_;
};

}  // namespace aludel
