#include "drivers/mysql/session.hpp"

#include "drivers/mysql/failure.hpp"
#include "drivers/mysql/text_statement.hpp"
#include "drivers/mysql/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace aludel::driver::mysql {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds ping_limit{5'000};
constexpr milliseconds state_limit{5'000};

// The level as it stands in SET TRANSACTION; empty where no statement is needed.
std::string_view level_name(IsolationLevel level) {
    switch (level) {
        case IsolationLevel::read_uncommitted: return "READ UNCOMMITTED";
        case IsolationLevel::read_committed: return "READ COMMITTED";
        case IsolationLevel::repeatable_read: return "REPEATABLE READ";
        case IsolationLevel::serializable: return "SERIALIZABLE";
        default: return {};
    }
}

}  // namespace

Session::Session(Target target, const ConnectOptions& options, Waiter& waiter)
    : channel_(std::move(target), waiter), notice_(options.notice), capacity_(options.prepared_cache_size) {
    set_up();
    if (options.isolation_level != IsolationLevel::database_default) set_isolation_level(options.isolation_level);
    channel_.set_command_timeout(options.statement_timeout);
}

Session::~Session() {
    channel_.expect_close();
    index_.clear();
    kept_.clear();
    stale_.clear();
}

// What holds for every session, whatever the server's configuration says. Values that do not fit are errors instead of
// being cut; instants come and go as UTC; the dialect writes backslash escapes, so they must be read as such.
void Session::set_up() {
    version_ = mysql_get_server_info(channel_.handle());
    if (!channel_.target().init_command.empty()) run(channel_.target().init_command);
    run("SET autocommit = 1, time_zone = '+00:00', sql_mode = CONCAT(REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', ''), "
        "',STRICT_TRANS_TABLES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION')");
}

void Session::make_ready() {
    if (prepared_branch_) leave_branch();
    if (stream_) stream_->drain();
}

void Session::fail(Failure failure) {
    if (failure.disconnected || !may_end_transaction(failure.code) || !in_transaction()) throw failure;
    // An error says nothing about the transaction; the answer to any other statement does.
    constexpr std::string_view nothing = "DO 0";
    std::optional<Command> command;
    if (channel_.is_running())
        channel_.limit_command(state_limit);
    else
        command.emplace(channel_, state_limit);
    channel_.await(mysql_real_query_start, mysql_real_query_cont, channel_.handle(), nothing.data(), nothing.size());
    throw failure;
}

// Runs a statement without parameters in the text protocol and returns its rows, or null when it has none.
ResultPtr Session::query(std::string_view sql) {
    if (channel_.await(mysql_real_query_start, mysql_real_query_cont, channel_.handle(), sql.data(), sql.size()) != 0)
        fail(channel_.failure());
    ResultPtr rows{channel_.await(mysql_store_result_start, mysql_store_result_cont, channel_.handle())};
    if (!rows && mysql_field_count(channel_.handle()) != 0) fail(channel_.failure());
    return rows;
}

void Session::read_all_results() {
    while (mysql_more_results(channel_.handle())) {
        if (channel_.await(mysql_next_result_start, mysql_next_result_cont, channel_.handle()) > 0)
            fail(channel_.failure());
        const ResultPtr rows{channel_.await(mysql_store_result_start, mysql_store_result_cont, channel_.handle())};
        if (!rows && mysql_field_count(channel_.handle()) != 0) fail(channel_.failure());
    }
}

void Session::run(std::string_view sql) {
    make_ready();
    const Command command{channel_};
    const ResultPtr rows = query(sql);
    read_all_results();
}

std::string Session::single_value(std::string_view sql, unsigned column) {
    make_ready();
    const Command command{channel_};
    const ResultPtr rows = query(sql);
    MYSQL_ROW row = rows ? mysql_fetch_row(rows.get()) : nullptr;
    if (!row || !row[column]) return {};
    return {row[column], mysql_fetch_lengths(rows.get())[column]};
}

CursorPtr Session::prepare_kept(std::string_view sql) {
    const auto found = index_.find(sql);
    if (found != index_.end() && !found->second->in_use) {
        kept_.splice(kept_.begin(), kept_, found->second);
        found->second->in_use = true;
        return CursorPtr{&*found->second};
    }
    // While it is in use, the same text gets a statement of its own, which is not kept.
    if (found != index_.end() || capacity_ == 0) return CursorPtr{new Statement(*this, sql, false)};
    evict();
    Statement& statement = kept_.emplace_front(*this, sql, true);
    try {
        index_.emplace(statement.sql(), kept_.begin());
    } catch (...) {
        kept_.pop_front();
        throw;
    }
    statement.in_use = true;
    return CursorPtr{&statement};
}

CursorPtr Session::prepare(std::string_view sql) {
    // First of all, since it drops the statements that are kept.
    if (prepared_branch_) leave_branch();
    try {
        return prepare_kept(sql);
    } catch (const Failure& failure) {
        if (failure.code == codes::not_preparable) return CursorPtr{new TextStatement(*this, sql)};
        // The server's statements are counted over all sessions. This one gives back what it does not need.
        if (failure.code != codes::too_many_prepared || !drop_idle()) throw;
    }
    return prepare_kept(sql);
}

void Session::evict() {
    if (stream_ && kept_.size() >= capacity_) make_ready();
    for (auto last = kept_.end(); kept_.size() >= capacity_ && last != kept_.begin();) {
        --last;
        if (last->in_use) continue;
        index_.erase(last->sql());
        last = kept_.erase(last);
    }
}

bool Session::drop_idle() noexcept {
    const std::size_t before = kept_.size();
    for (auto each = kept_.begin(); each != kept_.end();) {
        if (each->in_use) {
            ++each;
            continue;
        }
        index_.erase(each->sql());
        each = kept_.erase(each);
    }
    return kept_.size() != before;
}

void Session::take_back(Statement& statement) noexcept {
    if (statement.is_kept())
        statement.in_use = false;
    else
        delete &statement;
}

void Session::execute_script(std::string_view sql) {
    require_utf8(sql);
    make_ready();
    const Command command{channel_};
    const auto several = [&](enum_mysql_set_option option) {
        return channel_.await(mysql_set_server_option_start, mysql_set_server_option_cont, channel_.handle(), option);
    };
    if (several(MYSQL_OPTION_MULTI_STATEMENTS_ON) != 0) fail(channel_.failure());
    try {
        const ResultPtr rows = query(sql);
        read_all_results();
    } catch (const Failure& failure) {
        if (!failure.disconnected) several(MYSQL_OPTION_MULTI_STATEMENTS_OFF);
        throw;
    }
    if (several(MYSQL_OPTION_MULTI_STATEMENTS_OFF) != 0) fail(channel_.failure());
}

void Session::begin() { run(access_.read_only ? "START TRANSACTION READ ONLY" : "START TRANSACTION"); }

void Session::commit() { branch_.empty() ? run("COMMIT") : commit_branch(); }
void Session::rollback() { branch_.empty() ? run("ROLLBACK") : rollback_branch(); }

bool Session::in_transaction() const noexcept {
    if (channel_.is_lost() || prepared_branch_) return false;
    return (channel_.handle()->server_status & SERVER_STATUS_IN_TRANS) != 0;
}

void Session::set_isolation_level(IsolationLevel level) {
    if (default_level_.empty()) {
        default_level_ = single_value(
            "SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', "
            "'transaction_isolation')",
            1);
        std::replace(default_level_.begin(), default_level_.end(), '-', ' ');
    }
    const std::string_view name = level_name(level).empty() ? std::string_view{default_level_} : level_name(level);
    run(fmt::format("SET SESSION TRANSACTION ISOLATION LEVEL {}", name));
    level_ = level;
}

void Session::set_access(TransactionAccess access) {
    if (access.deferrable) throw failure_of(1235, "0A000", "MySQL and MariaDB have no deferrable transactions");
    access_ = access;
}

void Session::set_statement_timeout(milliseconds timeout) { channel_.set_command_timeout(timeout); }

bool Session::ping() noexcept {
    try {
        make_ready();
        const Command command{channel_, ping_limit};
        if (channel_.await(mysql_ping_start, mysql_ping_cont, channel_.handle()) == 0) return true;
        channel_.failure();
        return false;
    } catch (const std::exception&) {
        return false;
    }
}

void Session::interrupt() noexcept { channel_.interrupt(); }
std::string Session::server_version() { return version_; }
void Session::abandon() noexcept { channel_.abandon(); }

bool Session::has_array_binding() const noexcept {
    unsigned long capabilities = 0;
    mariadb_get_infov(channel_.handle(), MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES, &capabilities);
    return mariadb_connection(channel_.handle()) != 0 &&
           (capabilities & (MARIADB_CLIENT_STMT_BULK_OPERATIONS >> 32)) != 0;
}

std::size_t Session::packet_limit() {
    if (packet_limit_ != 0) return packet_limit_;
    const std::string text = single_value("SELECT @@max_allowed_packet");
    std::from_chars(text.data(), text.data() + text.size(), packet_limit_);
    return packet_limit_;
}

void Session::report_warnings() {
    if (!notice_) return;
    const ResultPtr rows = query("SHOW WARNINGS");
    if (!rows || mysql_num_fields(rows.get()) < 3) return;
    while (MYSQL_ROW row = mysql_fetch_row(rows.get())) notice_(row[0], fmt::format("{} ({})", row[2], row[1]));
}

}  // namespace aludel::driver::mysql
