#pragma once

#include <aludel/engine/connection.hpp>
#include <aludel/engine/row_cursor.hpp>

#include "engine/engine_core.hpp"
#include "engine/pool.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
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
};

/// How a statement is logged.
struct LogNote {
    CacheStatus cache = CacheStatus::raw;
    std::chrono::nanoseconds age{};
};

/// The state of a `Connection`: what it has of the pool, its transaction and savepoints, its open cursors.
class ConnectionCore {
  public:
    explicit ConnectionCore(std::shared_ptr<EngineCore> engine);
    ~ConnectionCore();
    ConnectionCore(const ConnectionCore&) = delete;
    ConnectionCore& operator=(const ConnectionCore&) = delete;

    const std::shared_ptr<EngineCore>& engine() const noexcept { return engine_; }
    std::uint64_t statement_count() const noexcept { return statements_; }
    void record_statements(std::vector<std::string>* into) noexcept { record_ = into; }

    // Statements.
    RowCursor run(const PreparedStatement& prepared, std::span<const ParameterValue> parameters);
    RowCursor run_text(std::string_view sql, std::span<const Value> values, LogNote note);
    RowCursor run_many(const PreparedStatement& prepared, std::span<const std::string> names,
                       std::span<const ParameterRow> rows);

    // Transactions.
    void begin_by_hand();
    std::shared_ptr<TransactionState> root() const noexcept { return root_; }
    std::shared_ptr<TransactionState> begin_nested();
    void commit();
    void rollback();
    void commit(TransactionState& state);
    void rollback(TransactionState& state);
    bool in_transaction() const noexcept { return root_ != nullptr; }
    bool in_nested_transaction() const noexcept { return !nested_.empty(); }
    void set_isolation_level(IsolationLevel level);

    // The connection itself.
    driver::Connection& require_lease();
    void close() noexcept;
    bool closed() const noexcept { return closed_; }
    void invalidate() noexcept;
    bool invalidated() const noexcept { return !closed_ && !lease_; }
    void interrupt() const noexcept;
    std::string server_version();

    // For RowCursor.
    [[nodiscard]] std::unique_lock<std::recursive_mutex> lock() const;
    [[noreturn]] void fail(const driver::Failure& failure, std::string_view sql, std::string parameters);
    StatementContext context(std::string_view sql, std::string parameters) const;

  private:
    friend class aludel::RowCursor;

    void require_usable();
    void autobegin();
    void join_database_transaction();
    void start(RowCursor& rows);
    void count_statement(std::string_view sql);
    void log_statement(std::string_view sql, std::string_view parameters, LogNote note);
    void note_failure(const driver::Failure& failure);
    void end_cursors() noexcept;
    void end_nested_from(std::size_t index) noexcept;
    void end_transaction() noexcept;
    std::size_t index_of(const TransactionState& state) const noexcept;
    void savepoint_command(std::string_view command, const std::string& name);
    void roll_database_back();
    void give_lease_back() noexcept;
    [[noreturn]] void fail_lost() const;
    std::vector<Value> checked_rows(const PreparedStatement& prepared, std::span<const std::string> names,
                                    std::span<const ParameterRow> rows) const;
    std::vector<Value> stored_rows(const PreparedStatement& prepared, std::span<const std::string> names,
                                   std::span<const ParameterRow> rows) const;

    std::shared_ptr<EngineCore> engine_;
    Lease lease_;
    std::shared_ptr<TransactionState> root_;
    std::vector<std::shared_ptr<TransactionState>> nested_;  // outermost first
    RowCursor* cursors_ = nullptr;
    std::string lost_reason_;  // why the transaction is gone; empty while it is not
    std::uint64_t statements_ = 0;
    std::vector<std::string>* record_ = nullptr;
    int savepoints_ = 0;  // made in this transaction
    IsolationLevel level_;
    bool level_changed_ = false;
    bool closed_ = false;
};

/// The log note of a statement that was looked up.
LogNote note_of(const PreparedStatement& prepared);

}  // namespace aludel::detail
