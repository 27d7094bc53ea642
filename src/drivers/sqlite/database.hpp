#pragma once

#include <aludel/engine/driver.hpp>

#include "drivers/sqlite/statement.hpp"
#include "drivers/sqlite/target.hpp"

#include <cstddef>
#include <list>
#include <string_view>
#include <unordered_map>

struct sqlite3;

namespace aludel::driver::sqlite {

/// A connection to a database, with the statements that it keeps prepared.
class Database final : public Connection {
  public:
    Database(const Target& target, const ConnectOptions& options, Waiter& waiter);
    ~Database() override;

    CursorPtr prepare(std::string_view sql) override;
    void execute_script(std::string_view sql) override;
    void begin() override;
    void commit() override;
    void rollback() override;
    bool in_transaction() const noexcept override;
    void set_isolation_level(IsolationLevel level) override;
    bool ping() noexcept override;
    void interrupt() noexcept override;
    std::string server_version() override;
    void abandon() noexcept override;

    /// A cursor that was released: kept for the next time, or dropped.
    void take_back(Statement& statement) noexcept;

  private:
    using Kept = std::list<Statement>;  // most recently used first

    /// Closes the handle, and nothing else: what the constructor leaves behind when it throws is closed, too.
    struct Handle {
        sqlite3* pointer = nullptr;
        Handle() = default;
        Handle(const Handle&) = delete;
        Handle& operator=(const Handle&) = delete;
        ~Handle();
    };

    static int on_busy(void* self, int attempts) noexcept;
    bool wait_for_lock(int attempts);
    void open(const Target& target);
    void set_journal_mode(const std::string& mode);
    void run(std::string_view sql);
    void evict();

    Handle handle_;
    Waiter& waiter_;
    std::chrono::milliseconds busy_timeout_;
    Waiter::Clock::time_point busy_deadline_{};
    std::string begin_;
    std::size_t capacity_;
    Kept kept_;
    std::unordered_map<std::string_view, Kept::iterator> index_;  // the keys are the texts of the kept statements
};

}  // namespace aludel::driver::sqlite
