#pragma once

#include <aludel/engine/connection.hpp>
#include <aludel/engine/row_cursor.hpp>
#include <aludel/sql/compile/bind_values.hpp>

#include "engine/bound_rows.hpp"
#include "engine/engine_core.hpp"
#include "engine/pool.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <source_location>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::detail {

class ConnectionCore;

/// A transaction or a savepoint that may outlive its connection as an object of the user.
struct TransactionState {
    ConnectionCore* connection = nullptr;  ///< null once it has ended
    std::string savepoint;                 ///< empty: the transaction itself
    std::string xid;                       ///< of a two-phase transaction; else empty
    bool prepared = false;                 ///< the first phase is over
};

/// What transactions and statements of a connection are like, as the driver has to be told.
struct ConnectionSettings {
    IsolationLevel level = IsolationLevel::database_default;
    driver::TransactionAccess access;
    std::chrono::milliseconds statement_timeout{};

    friend bool operator==(const ConnectionSettings&, const ConnectionSettings&) = default;
};

/// How a statement is logged.
struct LogNote {
    CacheStatus cache = CacheStatus::raw;
    std::chrono::nanoseconds age{};
};

/// The state of a `Connection`: what it has of the pool, its transaction and savepoints, its open cursors.
class ConnectionCore {
  public:
    ConnectionCore(std::shared_ptr<EngineCore> engine, const ExecutionOptions& options);
    ~ConnectionCore();
    ConnectionCore(const ConnectionCore&) = delete;
    ConnectionCore& operator=(const ConnectionCore&) = delete;

    const std::shared_ptr<EngineCore>& engine() const noexcept { return engine_; }
    /// What the engine's handle said, for further handles.
    const ExecutionOptions& engine_options() const noexcept { return engine_options_; }
    const ExecutionOptions& options() const noexcept { return options_; }
    std::uint64_t statement_count() const noexcept { return statements_; }
    void record_statements(std::vector<std::string>* into) noexcept { record_ = into; }

    // Statements.
    RowCursor run(const PreparedStatement& prepared, std::span<const ParameterValue> parameters,
                  Reading reading = Reading::stored);
    RowCursor run(const PreparedStatement& prepared, std::span<const Cell> values);
    RowCursor run_text(std::string_view sql, std::span<const Value> values, LogNote note);
    RowCursor run_many(const PreparedStatement& prepared, std::span<const std::string> names,
                       std::span<const ParameterRow> rows);
    RowCursor run_many(const PreparedStatement& prepared, const ParameterCells& rows);
    void insert_many(const PreparedStatement& prepared, const ParameterCells& rows, std::vector<std::int64_t>& keys);

    // Transactions.
    void begin_by_hand();
    std::shared_ptr<TransactionState> root() const noexcept { return root_; }
    std::shared_ptr<TransactionState> innermost_savepoint() const noexcept {
        return nested_.empty() ? nullptr : nested_.back();
    }
    void begin_two_phase(std::string_view xid);
    void prepare_two_phase(TransactionState& state);
    std::vector<std::string> prepared_ids();
    void commit_prepared(std::string_view xid);
    void rollback_prepared(std::string_view xid);
    std::shared_ptr<TransactionState> begin_nested();
    void commit();
    void rollback();
    void commit(TransactionState& state);
    void rollback(TransactionState& state);
    bool in_transaction() const noexcept { return root_ != nullptr; }
    bool in_nested_transaction() const noexcept { return !nested_.empty(); }
    void change_options(const ExecutionOptions& options);

    // The connection itself.
    driver::Connection& require_lease();
    void close() noexcept;
    bool closed() const noexcept { return closed_; }
    /// Throws the connection away; `blame` says whether the others of its age are suspect as well.
    void invalidate(Blame blame = Blame::connection, std::string_view reason = {}) noexcept;
    void detach();
    PooledConnection pooled();
    /// Who takes the connections, for the report of leaks.
    void set_place(const std::source_location& where) noexcept { place_ = where; }
    bool invalidated() const noexcept { return !closed_ && !lease_; }
    void interrupt() const noexcept;
    std::string server_version();

    // For RowCursor.
    bool is_foreign() const noexcept { return lease_.is_foreign(); }
    [[nodiscard]] std::unique_lock<std::recursive_mutex> lock() const;
    [[noreturn]] void fail(const driver::Failure& failure, std::string_view sql, std::string parameters);
    StatementContext context(std::string_view sql, std::string parameters) const;
    /// Keeps the memory of what a cursor has bound for the next one.
    void reclaim(std::unique_ptr<BoundStatement> bound) noexcept;

  private:
    friend class aludel::RowCursor;

    void require_usable();
    void take_lease();
    template <class Bind>
    RowCursor run_bound(const PreparedStatement& prepared, Reading reading, Bind bind);
    PreparedStatement for_this_server(const PreparedStatement& prepared) const;
    void autobegin();
    void begin_now(std::string_view xid);
    void join_database_transaction();
    void start(RowCursor& rows, Reading reading);
    void send(RowCursor& rows, Reading reading);
    // For listeners; `parameter_rows`: of an executemany, else 0.
    StatementExecution execution_of(const RowCursor& rows, std::span<const Cell> parameters,
                                    std::size_t parameter_rows);
    void announce(RowCursor& rows, std::span<const Cell> parameters, std::size_t parameter_rows);
    void tell_done(const RowCursor& rows, std::span<const Cell> parameters, std::size_t parameter_rows,
                   std::chrono::steady_clock::duration took);
    void count_statement(std::string_view sql);
    void log_statement(std::string_view sql, std::string_view parameters, LogNote note);
    bool note_failure(const driver::Failure& failure);
    [[noreturn]] void fail_commit(const driver::Failure& failure, std::string_view sql);
    void require_connected_for_commit();
    template <class Command>
    void between_transactions(std::string_view sql, Command command);
    void apply(const ConnectionSettings& wanted);
    void end_cursors() noexcept;
    void end_nested_from(std::size_t index) noexcept;
    void end_transaction() noexcept;
    std::size_t index_of(const TransactionState& state) const noexcept;
    void savepoint_command(std::string_view command, const std::string& name);
    void end_in_database();
    void take_prepared_over();
    void roll_database_back(const TransactionState& ending);
    void give_lease_back() noexcept;
    void leave_parent() noexcept;
    [[noreturn]] void fail_lost() const;
    BoundRows bind_rows(const PreparedStatement& prepared, const ParameterCells& rows) const;
    template <class Execute>
    void send_many(RowCursor& result, const BoundRows& bound, LogNote note, Execute execute);

    std::unique_ptr<BoundStatement> spare_;  // of a cursor that is done
    std::shared_ptr<EngineCore> engine_;
    Lease lease_;
    std::source_location place_;
    std::shared_ptr<TransactionState> root_;
    std::vector<std::shared_ptr<TransactionState>> nested_;  // outermost first
    RowCursor* cursors_ = nullptr;
    std::string lost_reason_;  // why the transaction is gone; empty while it is not
    std::uint64_t statements_ = 0;
    std::vector<std::string>* record_ = nullptr;
    int savepoints_ = 0;  // made in this transaction
    ExecutionOptions engine_options_;
    ExecutionOptions options_;     // the engine's, with what was changed here
    ConnectionSettings settings_;  // what they come to
    ConnectionSettings applied_;   // what the leased connection has been told
    bool closed_ = false;
};

/// What the options of a connection come to on this engine.
ConnectionSettings settings_of(const ExecutionOptions& options, const EngineOptions& engine);
/// `options`, where `changes` say nothing else.
ExecutionOptions with_changes(ExecutionOptions options, const ExecutionOptions& changes);

/// The log note of a statement that was looked up.
LogNote note_of(const PreparedStatement& prepared);

}  // namespace aludel::detail
