// The part of Session that prepares transactions and ends them later.
//
// The servers of MariaDB, and MySQL's before 8.0.29, leave a prepared transaction to the connection that prepared it:
// only when that is closed can others end it. Mostly the same connection ends it, so it keeps it, and gives it up by a
// new connection in its place when it is used for something else first. Another connection of this process that is
// asked to end it finds it here and has the server close the first one.
#include "drivers/mysql/failure.hpp"
#include "drivers/mysql/session.hpp"
#include "drivers/mysql/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <map>
#include <mutex>

namespace aludel::driver::mysql {

/// A prepared transaction that a session still holds. Whoever sets `taken` first may end it.
struct PreparedBranch {
    std::string id;
    unsigned long thread_id = 0;
    std::atomic<bool> taken{false};
};

namespace {

using namespace std::chrono_literals;

/// The prepared transactions that sessions of this process hold, by server and id.
class HeldBranches {
  public:
    void add(const std::string& server, std::shared_ptr<PreparedBranch> branch) {
        std::scoped_lock lock{mutex_};
        std::erase_if(branches_, [](const auto& entry) { return entry.second.expired(); });
        branches_[server + ' ' + branch->id] = branch;
    }

    std::shared_ptr<PreparedBranch> find(const std::string& server, std::string_view id) {
        std::scoped_lock lock{mutex_};
        const auto found = branches_.find(server + ' ' + std::string{id});
        return found == branches_.end() ? nullptr : found->second.lock();
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::weak_ptr<PreparedBranch>> branches_;
};

// Never destroyed, since engines of namespace scope may close their connections while the program ends.
HeldBranches& held_branches() {
    static auto& instance = *new HeldBranches;
    return instance;
}

}  // namespace

void Session::begin_two_phase(std::string_view id) {
    constexpr std::size_t longest = 64;
    if (id.empty() || id.size() > longest)
        throw failure_of(
            1398, "XAE05",
            fmt::format("the id of a two-phase transaction has 1 to {} bytes, not {}", longest, id.size()));
    run(fmt::format("XA START {}", hexadecimal_literal(id)));
    branch_ = id;
    branch_is_idle_ = false;
}

// A transaction must be ended before it is prepared, committed or rolled back. One that the server has condemned, as
// after a deadlock, says so here and can only be rolled back.
void Session::end_branch() {
    if (branch_is_idle_) return;
    run(fmt::format("XA END {}", hexadecimal_literal(branch_)));
    branch_is_idle_ = true;
}

void Session::commit_branch() {
    end_branch();
    run(fmt::format("XA COMMIT {} ONE PHASE", hexadecimal_literal(branch_)));
    branch_.clear();
}

void Session::rollback_branch() {
    try {
        end_branch();
    } catch (const Failure& failure) {
        if (failure.disconnected) throw;
    }
    run(fmt::format("XA ROLLBACK {}", hexadecimal_literal(branch_)));
    branch_.clear();
}

bool Session::keeps_prepared() const noexcept {
    st_mysql* handle = channel_.handle();
    return mariadb_connection(handle) != 0 || mysql_get_server_version(handle) < 80029;
}

void Session::prepare_two_phase(std::string_view id) {
    if (branch_ != id)
        throw failure_of(codes::unknown_branch, "XAE04",
                         branch_.empty()
                             ? fmt::format("no two-phase transaction was begun, so that '{}' cannot be "
                                           "prepared",
                                           id)
                             : fmt::format("the two-phase transaction that was begun is '{}', not '{}'", branch_, id));
    auto branch = std::make_shared<PreparedBranch>();
    branch->id = branch_;
    branch->thread_id = channel_.thread_id();
    end_branch();
    run(fmt::format("XA PREPARE {}", hexadecimal_literal(branch_)));
    branch_.clear();
    if (!keeps_prepared()) return;
    prepared_branch_ = std::move(branch);
    held_branches().add(describe(channel_.target()), prepared_branch_);
}

// The connection is wanted for something else.
void Session::leave_branch() {
    const auto branch = std::move(prepared_branch_);
    const bool is_ours = !branch->taken.exchange(true);
    reopen();
    if (is_ours) wait_until_detached(branch->thread_id);
}

void Session::reopen() {
    stream_ = nullptr;
    channel_.expect_close();
    drop_idle();
    stale_.splice(stale_.end(), kept_);
    index_.clear();
    channel_.reopen();
    set_up();
    if (level_ != IsolationLevel::database_default) set_isolation_level(level_);
}

// The server lets others end the transaction a moment before its storage engine does: what would be committed in
// between would stay prepared for ever. The engine's own list shows when it is done, to those who may read it; for
// others a while must do.
void Session::wait_until_detached(unsigned long thread_id) {
    const auto deadline = Waiter::Clock::now() + 2s;
    Waiter pauses;
    const std::string sql = fmt::format(
        "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_mysql_thread_id = {0} UNION ALL "
        "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = {0} ORDER BY 1 DESC LIMIT 1",
        thread_id);
    try {
        while (single_value(sql) != "0" && pauses.pause(1ms, deadline) == Waiter::Outcome::ready) {}
    } catch (const Failure& failure) {
        if (failure.disconnected) throw;
        pauses.pause(200ms, deadline);
    }
}

void Session::take_from_owner(PreparedBranch& branch) {
    try {
        run(fmt::format("KILL CONNECTION {}", branch.thread_id));
    } catch (const Failure& failure) {
        constexpr int no_such_thread = 1094;
        if (failure.code != no_such_thread) throw;
    }
    wait_until_detached(branch.thread_id);
}

void Session::end_prepared(std::string_view verb, std::string_view id) {
    const std::string sql = fmt::format("XA {} {}", verb, hexadecimal_literal(id));
    if (prepared_branch_ && prepared_branch_->id == id && !prepared_branch_->taken.exchange(true)) {
        const auto branch = std::move(prepared_branch_);
        return run(sql);
    }
    make_ready();
    const auto branch = held_branches().find(describe(channel_.target()), id);
    if (branch && !branch->taken.exchange(true)) take_from_owner(*branch);
    try {
        run(sql);
    } catch (const Failure& failure) {
        // What a transaction without changes is told that its connection has left: there is nothing to end.
        if (failure.code != codes::rolled_back_branch) throw;
    }
}

void Session::commit_prepared(std::string_view id) { end_prepared("COMMIT", id); }
void Session::rollback_prepared(std::string_view id) { end_prepared("ROLLBACK", id); }

// Each row has a format, the lengths of the id's two parts and the id. This driver's ids have the usual format and one
// part.
std::vector<std::string> Session::prepared_ids() {
    if (prepared_branch_ && prepared_branch_->taken) leave_branch();
    if (stream_) stream_->drain();
    const Command command{channel_};
    const ResultPtr rows = query("XA RECOVER");
    std::vector<std::string> ids;
    while (MYSQL_ROW row = rows ? mysql_fetch_row(rows.get()) : nullptr) {
        const unsigned long* lengths = mysql_fetch_lengths(rows.get());
        if (std::string_view{row[0]} == "1" && std::string_view{row[2]} == "0") ids.emplace_back(row[3], lengths[3]);
    }
    return ids;
}

}  // namespace aludel::driver::mysql
