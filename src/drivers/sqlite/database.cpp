#include "drivers/sqlite/database.hpp"

#include "drivers/sqlite/failure.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

namespace aludel::driver::sqlite {

Database::Handle::~Handle() { sqlite3_close_v2(pointer); }

Database::Database(const Target& target, const ConnectOptions& options, Waiter& waiter)
    : waiter_(waiter),
      busy_timeout_(target.busy_timeout),
      begin_(target.begin),
      capacity_(options.prepared_cache_size) {
    open(target);
    sqlite3_busy_handler(handle_.pointer, &Database::on_busy, this);
    sqlite3_db_config(handle_.pointer, SQLITE_DBCONFIG_ENABLE_FKEY, target.foreign_keys ? 1 : 0, nullptr);
    if (!target.journal_mode.empty()) set_journal_mode(target.journal_mode);
    if (options.isolation_level != IsolationLevel::database_default) set_isolation_level(options.isolation_level);
}

Database::~Database() {
    index_.clear();
    kept_.clear();
}

void Database::open(const Target& target) {
    const int result = sqlite3_open_v2(target.filename.c_str(), &handle_.pointer, target.flags,
                                       target.vfs.empty() ? nullptr : target.vfs.c_str());
    if (handle_.pointer) sqlite3_extended_result_codes(handle_.pointer, 1);
    if (result == SQLITE_OK) return;
    Failure failure = failure_of(handle_.pointer, result);
    failure.message += fmt::format(": '{}'", target.filename);
    failure.position = -1;
    throw failure;
}

void Database::set_journal_mode(const std::string& mode) {
    auto cursor = prepare("PRAGMA journal_mode=" + mode);
    cursor->execute();
    const bool has_row = cursor->next();
    const std::string now{has_row ? cursor->row()[0].text() : std::string_view{}};
    if (now != mode)
        throw failure_of(
            SQLITE_ERROR,
            fmt::format("the journal mode stays '{}', although '{}' was asked for; a database in memory or "
                        "opened for reading cannot change it",
                        now, mode));
}

int Database::on_busy(void* self, int attempts) noexcept {
    try {
        return static_cast<Database*>(self)->wait_for_lock(attempts) ? 1 : 0;
    } catch (...) {
        return 0;  // nothing may pass through SQLite's frames; the statement ends as locked
    }
}

// Short waits first, since most locks are short.
bool Database::wait_for_lock(int attempts) {
    constexpr std::array<int, 9> milliseconds{1, 2, 5, 10, 15, 20, 25, 50, 100};
    if (attempts == 0) busy_deadline_ = Waiter::Clock::now() + busy_timeout_;
    const auto step = std::min<std::size_t>(static_cast<std::size_t>(attempts), milliseconds.size() - 1);
    return waiter_.pause(std::chrono::milliseconds{milliseconds[step]}, busy_deadline_) == Waiter::Outcome::ready;
}

CursorPtr Database::prepare(std::string_view sql) {
    // Most statements are the one that ran last.
    if (!kept_.empty() && !kept_.front().in_use && kept_.front().sql() == sql) {
        kept_.front().in_use = true;
        return CursorPtr{&kept_.front()};
    }
    const auto found = index_.find(sql);
    if (found != index_.end() && !found->second->in_use) {
        kept_.splice(kept_.begin(), kept_, found->second);
        found->second->in_use = true;
        return CursorPtr{&*found->second};
    }
    // While it is in use, the same text gets a statement of its own, which is not kept.
    if (found != index_.end() || capacity_ == 0) return CursorPtr{new Statement(*this, handle_.pointer, sql, false)};
    evict();
    Statement& statement = kept_.emplace_front(*this, handle_.pointer, sql, true);
    try {
        index_.emplace(statement.sql(), kept_.begin());
    } catch (...) {
        kept_.pop_front();
        throw;
    }
    statement.in_use = true;
    return CursorPtr{&statement};
}

void Database::evict() {
    for (auto last = kept_.end(); kept_.size() >= capacity_ && last != kept_.begin();) {
        --last;
        if (last->in_use) continue;
        index_.erase(last->sql());
        last = kept_.erase(last);
    }
}

void Database::take_back(Statement& statement) noexcept {
    if (statement.is_kept())
        statement.in_use = false;
    else
        delete &statement;
}

void Database::run(std::string_view sql) { prepare(sql)->execute(); }

void Database::execute_script(std::string_view sql) {
    const std::string text{sql};
    const int result = sqlite3_exec(handle_.pointer, text.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) throw failure_of(handle_.pointer, result);
}

void Database::begin() { run(begin_); }
void Database::commit() { run("COMMIT"); }
void Database::rollback() { run("ROLLBACK"); }

bool Database::in_transaction() const noexcept { return sqlite3_get_autocommit(handle_.pointer) == 0; }

void Database::set_isolation_level(IsolationLevel level) {
    run(level == IsolationLevel::read_uncommitted ? "PRAGMA read_uncommitted = 1" : "PRAGMA read_uncommitted = 0");
}

bool Database::ping() noexcept {
    return sqlite3_exec(handle_.pointer, "SELECT 1", nullptr, nullptr, nullptr) == SQLITE_OK;
}

void Database::interrupt() noexcept { sqlite3_interrupt(handle_.pointer); }
std::string Database::server_version() { return sqlite3_libversion(); }

// A connection of SQLite must not be carried across a fork, not even to close it: closing would end the parent's
// transaction in the file. Its memory stays as it is, for the rest of the child's life.
void Database::abandon() noexcept {
    handle_.pointer = nullptr;
    index_.clear();
    static_cast<void>(new (std::nothrow) Kept{std::move(kept_)});
}

}  // namespace aludel::driver::sqlite
