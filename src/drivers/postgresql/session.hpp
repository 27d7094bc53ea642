#pragma once

#include <aludel/engine/driver.hpp>

#include "drivers/postgresql/channel.hpp"
#include "drivers/postgresql/parameters.hpp"
#include "drivers/postgresql/statement.hpp"
#include "drivers/postgresql/target.hpp"

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace aludel::driver::postgresql {

/// A connection to a server, with the statements that it keeps prepared.
///
/// BEGIN travels with the first statement of the transaction, so that it costs no round trip of its own; a transaction
/// without statements never reaches the server.
class Session final : public Connection {
  public:
    Session(const Target& target, const ConnectOptions& options, Waiter& waiter);
    ~Session() override;

    CursorPtr prepare(std::string_view sql) override;
    void execute_script(std::string_view sql) override;
    void begin() override;
    void commit() override;
    void rollback() override;
    bool in_transaction() const noexcept override;
    bool is_lost() const noexcept override { return !channel_.is_alive(); }
    void set_isolation_level(IsolationLevel level) override;
    void set_access(TransactionAccess access) override;
    void set_statement_timeout(std::chrono::milliseconds timeout) override { channel_.set_timeout(timeout); }
    void begin_two_phase(std::string_view id) override;
    void prepare_two_phase(std::string_view id) override;
    void commit_prepared(std::string_view id) override;
    void rollback_prepared(std::string_view id) override;
    std::vector<std::string> prepared_ids() override;
    std::optional<std::int64_t> copy_in(std::string_view table, std::span<const std::string> columns,
                                        std::span<const Value> values) override;
    bool ping() noexcept override;
    void interrupt() noexcept override { channel_.interrupt(); }
    std::string server_version() override;
    void abandon() noexcept override { channel_.abandon(); }

    // For its statements.

    Channel& channel() noexcept { return channel_; }
    Parameters& parameters() noexcept { return parameters_; }
    pg_conn* handle() const noexcept { return channel_.handle(); }

    /// Starts an exchange with the server: what has to go first is queued, the statement is queued by the caller. One
    /// that is pipelined may hold several statements.
    void open_exchange(bool pipelined);
    /// Queues a command without parameters; the exchange is pipelined.
    void queue(const char* sql);
    /// Sends all that is queued.
    void dispatch();
    /// What the server answered to a statement that went first. @throws Failure when that failed.
    void require_success(std::string_view sql);
    /// The same for what `open_exchange` queued.
    void require_leading_success();
    /// Reads and drops what the server still has to say.
    void close_exchange();
    /// Ends an exchange in which something could not be sent.
    void cancel_exchange() noexcept;
    /// Ends the exchange, too. `result` may be null when the connection broke.
    [[noreturn]] void fail(ResultPtr result, std::string_view sql);
    /// A COPY from or to the client, for which a statement has no place.
    [[noreturn]] void refuse_copy(ResultPtr result, std::string_view sql);
    /// Begins the transaction now, for what cannot go with other statements.
    void send_pending_begin();

    /// Whether the statement that has failed may run again at once, prepared anew: it was alone, or the first of its
    /// transaction, which then begins again.
    bool start_over();

    /// The cursor that reads its rows as they come, or null.
    void set_streaming(Statement* statement) noexcept { streaming_ = statement; }

    /// Runs commands of the driver's own, which have no rows.
    void run(const std::string& sql, Channel::Overtime overtime = Channel::Overtime::cancel);
    /// Whether the server has a transaction that has not failed.
    bool is_in_sent_block() const noexcept;
    /// Whether there is a transaction, or one about to begin, that has not failed.
    bool is_in_live_block() const noexcept;
    /// Changes when cursors of the server may have gone, with their transaction or savepoint.
    std::uint64_t cursor_epoch() const noexcept { return cursor_epoch_; }
    /// A cursor of the server that is no longer read; it goes with the next exchange, or with its transaction.
    void drop_cursor(std::string name, std::uint64_t epoch);

    std::string new_name();
    /// A statement that the server need not keep any longer.
    void drop_name(std::string name);
    /// The server has forgotten what was prepared.
    void forget_names() noexcept;
    /// Takes notice of commands that make the server forget what is prepared, or its cursors.
    void note_command(std::string_view tag);
    /// A cursor that was released: kept for the next time, or dropped.
    void take_back(Statement& statement) noexcept;

  private:
    using Kept = std::list<Statement>;  // most recently used first

    void end_transaction(const std::string& sql);
    void settle_access();
    void send_copy_rows(std::size_t width, std::span<const Value> values);
    std::string begin_text() const;
    void evict();
    void forget_cursors() noexcept;

    Channel channel_;
    std::chrono::milliseconds ping_limit_;
    Parameters parameters_;
    std::size_t capacity_;
    Kept kept_;
    std::unordered_map<std::string_view, Kept::iterator> index_;  // the keys are the texts of the kept statements
    std::vector<std::string> dropped_;                            // names that the server still knows
    std::vector<std::string> closing_;                            // cursors that are no longer read
    std::uint64_t cursor_epoch_ = 0;
    std::uint64_t names_ = 0;
    Statement* streaming_ = nullptr;
    IsolationLevel level_ = IsolationLevel::database_default;
    TransactionAccess access_;
    TransactionAccess settled_access_;  // what statements outside of transactions may do
    std::string pending_begin_;         // a BEGIN that has not been sent
    std::string leading_begin_;         // the BEGIN that went with the statement which is running
    std::vector<std::string> leading_;  // what goes before the statement
    bool pipelined_ = false;
    bool open_ = false;      // an exchange is under way
    bool in_block_ = false;  // the transaction status when it began
};

}  // namespace aludel::driver::postgresql
