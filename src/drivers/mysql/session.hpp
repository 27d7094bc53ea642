#pragma once

#include <aludel/engine/driver.hpp>

#include "drivers/mysql/channel.hpp"
#include "drivers/mysql/statement.hpp"
#include "drivers/mysql/target.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace aludel::driver::mysql {

struct PreparedBranch;

struct FreeResult {
    void operator()(MYSQL_RES* result) const noexcept { mysql_free_result(result); }
};
using ResultPtr = std::unique_ptr<MYSQL_RES, FreeResult>;

/// A connection to a server, with the statements that it keeps prepared.
class Session final : public Connection {
  public:
    Session(Target target, const ConnectOptions& options, Waiter& waiter);
    ~Session() override;

    CursorPtr prepare(std::string_view sql) override;
    void execute_script(std::string_view sql) override;
    void begin() override;
    void commit() override;
    void rollback() override;
    bool in_transaction() const noexcept override;
    bool is_lost() const noexcept override { return channel_.is_lost(); }
    void set_isolation_level(IsolationLevel level) override;
    void set_access(TransactionAccess access) override;
    void set_statement_timeout(std::chrono::milliseconds timeout) override;
    void begin_two_phase(std::string_view id) override;
    void prepare_two_phase(std::string_view id) override;
    void commit_prepared(std::string_view id) override;
    void rollback_prepared(std::string_view id) override;
    std::vector<std::string> prepared_ids() override;
    bool ping() noexcept override;
    void interrupt() noexcept override;
    std::string server_version() override;
    void abandon() noexcept override;

    // For the cursors.

    Channel& channel() noexcept { return channel_; }
    /// Makes the connection free for a command: what is left of a streamed result goes into memory.
    /// @throws Failure.
    void make_ready();
    /// The statement whose rows are on the connection now.
    void set_stream(Statement* statement) noexcept { stream_ = statement; }
    Statement* stream() const noexcept { return stream_; }
    /// Runs a statement without parameters in the text protocol, as part of a command, and returns its rows, or null
    /// when it returns none.
    ResultPtr query(std::string_view sql);
    /// Reads over the results behind the first one.
    void read_all_results();
    /// What the engine will see; asks the server for its state where the failure may have changed it.
    [[noreturn]] void fail(Failure failure);
    /// Passes the server's warnings about the last statement on, where anybody listens.
    void report_warnings();
    /// Whether rows of parameters can be sent together.
    bool has_array_binding() const noexcept;
    /// The greatest packet that the server takes. Asks it once.
    std::size_t packet_limit();
    /// A cursor that was released: kept for the next time, or dropped.
    void take_back(Statement& statement) noexcept;
    /// Drops the statements that are kept and idle. False when there was none.
    bool drop_idle() noexcept;

  private:
    using Kept = std::list<Statement>;  // most recently used first

    void set_up();
    void run(std::string_view sql);
    /// A cell of the first row, as text; empty where there is none.
    std::string single_value(std::string_view sql, unsigned column = 0);
    void evict();
    CursorPtr prepare_kept(std::string_view sql);

    // Two-phase transactions: see two_phase.cpp.
    void end_branch();
    void commit_branch();
    void rollback_branch();
    bool keeps_prepared() const noexcept;
    void leave_branch();
    void reopen();
    void wait_until_detached(unsigned long thread_id);
    void take_from_owner(PreparedBranch& branch);
    void end_prepared(std::string_view verb, std::string_view id);

    Channel channel_;
    NoticeSink notice_;
    std::string version_;
    IsolationLevel level_ = IsolationLevel::database_default;
    std::string default_level_;  // as the session had it, once another was set
    TransactionAccess access_;
    std::size_t packet_limit_ = 0;
    std::string branch_;                               // the id of the two-phase transaction that is open
    bool branch_is_idle_ = false;                      // and has been told to end
    std::shared_ptr<PreparedBranch> prepared_branch_;  // that this session still holds
    Statement* stream_ = nullptr;
    std::size_t capacity_;
    Kept kept_;
    Kept stale_;  // of a connection that was replaced, while somebody still read from them
    std::unordered_map<std::string_view, Kept::iterator> index_;  // the keys are the texts of the kept statements
};

}  // namespace aludel::driver::mysql
