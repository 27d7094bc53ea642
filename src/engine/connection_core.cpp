#include "engine/connection_core.hpp"

#include <aludel/base/error.hpp>

#include "engine/parameters_text.hpp"
#include "engine/translate.hpp"

#include <fmt/format.h>

#include <utility>

namespace aludel::detail {

namespace {

// As the pool's connections are.
ConnectionSettings pool_settings(const EngineOptions& options) {
    return {.level = options.isolation_level, .access = {}, .statement_timeout = options.statement_timeout};
}

}  // namespace

ConnectionSettings settings_of(const ExecutionOptions& options, const EngineOptions& engine) {
    ConnectionSettings settings = pool_settings(engine);
    const auto level = options.isolation_level.value_or(IsolationLevel::database_default);
    if (level != IsolationLevel::database_default) settings.level = level;
    settings.access = {options.read_only.value_or(false), options.deferrable.value_or(false)};
    settings.statement_timeout = options.statement_timeout.value_or(settings.statement_timeout);
    return settings;
}

ExecutionOptions with_changes(ExecutionOptions options, const ExecutionOptions& changes) {
    const auto take = [](auto& to, const auto& from) {
        if (from) to = from;
    };
    take(options.isolation_level, changes.isolation_level);
    take(options.read_only, changes.read_only);
    take(options.deferrable, changes.deferrable);
    take(options.stream_results, changes.stream_results);
    take(options.statement_timeout, changes.statement_timeout);
    return options;
}

ConnectionCore::ConnectionCore(std::shared_ptr<EngineCore> engine, const ExecutionOptions& options)
    : engine_(std::move(engine)),
      engine_options_(options),
      options_(options),
      settings_(settings_of(options, engine_->options())),
      applied_(pool_settings(engine_->options())) {}

ConnectionCore::~ConnectionCore() { close(); }

std::unique_lock<std::recursive_mutex> ConnectionCore::lock() const {
    return lease_.mutex ? std::unique_lock{*lease_.mutex} : std::unique_lock<std::recursive_mutex>{};
}

StatementContext ConnectionCore::context(std::string_view sql, std::string parameters) const {
    // A statement without parameters has none to show, and none to hide.
    if (parameters == no_parameters) return {std::string{sql}, {}, false};
    return {std::string{sql}, std::move(parameters), engine_->options().hide_parameters};
}

driver::Connection& ConnectionCore::require_lease() {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    leave_parent();
    if (!lease_) take_lease();
    return *lease_.connection;
}

void ConnectionCore::take_lease() {
    lease_ = engine_->pool().take(place_);
    applied_ = pool_settings(engine_->options());
    try {
        auto guard = lock();
        apply(settings_);
    } catch (const driver::Failure& failure) {
        invalidate(Blame::connection, failure.message);  // nothing may run on it with other settings
        throw_translated(failure, engine_->dialect(), {});
    }
}

// Tells the leased connection what differs from what it was told before.
void ConnectionCore::apply(const ConnectionSettings& wanted) {
    driver::Connection& connection = *lease_.connection;
    if (wanted.level != applied_.level) connection.set_isolation_level(wanted.level);
    applied_.level = wanted.level;
    if (wanted.access != applied_.access) connection.set_access(wanted.access);
    applied_.access = wanted.access;
    if (wanted.statement_timeout != applied_.statement_timeout)
        connection.set_statement_timeout(wanted.statement_timeout);
    applied_.statement_timeout = wanted.statement_timeout;
}

void ConnectionCore::change_options(const ExecutionOptions& changes) {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    if (changes.isolation_level) engine_->check_isolation_level(*changes.isolation_level);
    const ExecutionOptions options = with_changes(options_, changes);
    const ConnectionSettings wanted = settings_of(options, engine_->options());
    if (root_ && wanted.level != settings_.level)
        throw InvalidRequestError(
            "The isolation level cannot change inside a transaction; call commit() or rollback() first.");
    if (root_ && wanted.access != settings_.access)
        throw InvalidRequestError(
            "read_only and deferrable cannot change inside a transaction; call commit() or rollback() first.");
    require_lease();
    try {
        auto guard = lock();
        apply(wanted);
    } catch (const driver::Failure& failure) {
        fail(failure, {}, {});
    }
    settings_ = wanted;
    options_ = options;
}

void ConnectionCore::fail_lost() const {
    throw PendingRollbackError(fmt::format(
        "This connection's transaction is lost: {}. Call rollback() on it before it can be used again.", lost_reason_));
}

// Throws unless a statement may be sent.
void ConnectionCore::require_usable() {
    if (closed_) throw ResourceClosedError("This Connection is closed");
    leave_parent();
    if (!lost_reason_.empty()) fail_lost();
    if (root_ && root_->prepared)
        throw InvalidRequestError(
            "This connection's transaction is prepared: only commit() or rollback() may follow, which end it.");
    if (!lease_) take_lease();
}

// What a failure means for the transaction and for the connection. True if the connection is lost.
bool ConnectionCore::note_failure(const driver::Failure& failure) {
    const bool broke = is_disconnect(failure, engine_->dialect());
    if (!lease_) return broke;
    if (broke) {
        if (root_) lost_reason_ = fmt::format("the connection to the database broke ({})", failure.message);
        invalidate(Blame::generation, failure.message);
        return true;
    }
    const bool should_be_open =
        root_ && !root_->prepared && settings_.level != IsolationLevel::autocommit && !lease_.is_shared();
    if (should_be_open && !lease_.connection->in_transaction())
        lost_reason_ = fmt::format("the database rolled it back after a failure ({})", failure.message);
    return false;
}

void ConnectionCore::fail(const driver::Failure& failure, std::string_view sql, std::string parameters) {
    // In autocommit mode a statement commits itself.
    const bool in_doubt = note_failure(failure) && settings_.level == IsolationLevel::autocommit && !sql.empty();
    throw_translated(failure, engine_->dialect(), context(sql, std::move(parameters)), in_doubt);
}

void ConnectionCore::end_cursors() noexcept {
    while (cursors_) cursors_->finish(RowCursor::State::ended_by_transaction);
}

void ConnectionCore::close() noexcept {
    if (closed_) return;
    leave_parent();
    end_cursors();
    if (root_) {
        try {
            rollback();
        } catch (...) {
            // The connection was thrown away where it could not roll back, which ends the transaction as well.
        }
    }
    end_transaction();
    closed_ = true;
    give_lease_back();
}

// A connection goes back as it came: without a transaction, with the engine's isolation level.
void ConnectionCore::give_lease_back() noexcept {
    if (!lease_) return;
    auto guard = lock();
    bool clean = true;
    Blame blame = Blame::connection;
    try {
        // A transaction that the user began by text is unknown here.
        engine_->pool().reset(lease_);
        apply(pool_settings(engine_->options()));
    } catch (const driver::Failure& failure) {
        clean = false;
        if (is_disconnect(failure, engine_->dialect())) blame = Blame::generation;
    } catch (...) {
        clean = false;
    }
    guard = {};
    Lease lease = std::exchange(lease_, Lease{});
    clean ? engine_->pool().give_back(std::move(lease)) : engine_->pool().discard(std::move(lease), blame);
}

void ConnectionCore::invalidate(Blame blame, std::string_view reason) noexcept {
    leave_parent();
    if (!lease_) return;
    end_cursors();
    if (root_ && lost_reason_.empty()) lost_reason_ = "its connection was invalidated";
    Lease lease = std::exchange(lease_, Lease{});
    engine_->pool().discard(std::move(lease), blame, reason);
}

void ConnectionCore::interrupt() const noexcept {
    if (lease_) lease_.connection->interrupt();
}

std::string ConnectionCore::server_version() {
    require_lease();
    auto guard = lock();
    try {
        return lease_.connection->server_version();
    } catch (const driver::Failure& failure) {
        fail(failure, {}, {});
    }
}

}  // namespace aludel::detail
