#include "engine/connection_keeper.hpp"

#include <fmt/format.h>

#include <exception>
#include <utility>

namespace aludel::detail {

ConnectionKeeper::ConnectionKeeper(PoolSetup setup)
    : setup_(std::move(setup)), log_name_("aludel.pool." + setup_.name), handlers_(std::make_shared<HandlerList>()) {
    listen(std::exchange(setup_.events, {}));
}

void ConnectionKeeper::listen(PoolEvents events) {
    const bool hears = events.connect || events.first_connect || events.checkout || events.checkin || events.reset ||
                       events.invalidate || events.soft_invalidate || events.detach || events.close ||
                       events.close_detached;
    if (!hears) return;
    std::scoped_lock lock{mutex_};
    auto longer = std::make_shared<HandlerList>(*handlers_);
    longer->push_back(std::move(events));
    handlers_ = std::move(longer);
    listened_ = true;
}

std::shared_ptr<const ConnectionKeeper::HandlerList> ConnectionKeeper::handlers() const {
    std::scoped_lock lock{mutex_};
    return handlers_;
}

void ConnectionKeeper::tell(PoolEvents::Handler PoolEvents::* event, PoolRecord& record) {
    if (!listened_) return;
    PooledConnection connection = face(record);
    const auto all = handlers();
    for (const PoolEvents& each : *all)
        if (each.*event) (each.*event)(connection);
}

void ConnectionKeeper::tell_quietly(PoolEvents::Handler PoolEvents::* event, PoolRecord& record) noexcept {
    try {
        tell(event, record);
    } catch (const std::exception& error) {
        warn(fmt::format("A handler of connection {} failed: {}", record.id, error.what()));
    } catch (...) {
        warn(fmt::format("A handler of connection {} failed", record.id));
    }
}

void ConnectionKeeper::tell_reason(PoolEvents::InvalidateHandler PoolEvents::* event, PoolRecord& record,
                                   std::string_view reason) noexcept {
    if (!listened_) return;
    try {
        PooledConnection connection = face(record);
        const auto all = handlers();
        for (const PoolEvents& each : *all)
            if (each.*event) (each.*event)(connection, reason);
    } catch (const std::exception& error) {
        warn(fmt::format("A handler of connection {} failed: {}", record.id, error.what()));
    } catch (...) {
        warn(fmt::format("A handler of connection {} failed", record.id));
    }
}

// The first connection's handlers have ended before the second connection's begin; when they fail, the next connection
// is the first.
void ConnectionKeeper::tell_opened(PoolRecord& record) {
    if (!listened_) return;
    {
        std::scoped_lock lock{first_connect_};
        if (!connected_) {
            tell(&PoolEvents::first_connect, record);
            connected_ = true;
        }
    }
    tell(&PoolEvents::connect, record);
}

PoolRecordPtr ConnectionKeeper::open(std::uint64_t generation) {
    auto record = std::make_unique<PoolRecord>();
    record->generation = generation;
    record->id = ++last_id_;
    try {
        record->connection = setup_.connect();
    } catch (const std::exception& error) {
        ++open_failures_;
        if (is_debug()) write(LogLevel::debug, fmt::format("Error on connect(): {}", error.what()));
        throw;
    }
    record->opened = PoolClock::now();
    ++opened_;
    debug(*record, "Created new connection", "");
    try {
        tell_opened(*record);
    } catch (...) {
        close(std::move(record));
        throw;
    }
    return record;
}

void ConnectionKeeper::close(PoolRecordPtr record) noexcept {
    if (record->is_foreign()) return let_go(std::move(record));
    tell_quietly(&PoolEvents::close, *record);
    debug(*record, "Closing connection", "");
    ++closed_;
}

void ConnectionKeeper::let_go(PoolRecordPtr record) noexcept { record->connection->abandon(); }

void ConnectionKeeper::close_detached(PoolRecordPtr record, bool is_reset) noexcept {
    if (record->is_foreign()) return let_go(std::move(record));
    try {
        if (!is_reset) reset(*record);
    } catch (const std::exception& error) {
        warn(fmt::format("Connection {}, which was detached, could not be reset: {}", record->id, error.what()));
    }
    tell_quietly(&PoolEvents::close_detached, *record);
    debug(*record, "Closing connection", ", which was detached");
}

std::optional<Refusal> ConnectionKeeper::refuse(PoolRecord& record) {
    const bool fresh = std::exchange(record.fresh, false);
    if (setup_.pre_ping && fresh) debug(record, "Connection", " is fresh, skipping pre-ping");
    if (setup_.pre_ping && !fresh) {
        debug(record, "Pool pre-ping on connection", "");
        if (!record.connection->ping()) {
            debug(record, "Pool pre-ping on connection", " failed, will invalidate pool");
            return Refusal{"it does not answer", true};
        }
    }
    try {
        tell(&PoolEvents::checkout, record);
    } catch (const DisconnectionError& error) {
        return Refusal{error.message(), error.invalidate_pool()};
    }
    return std::nullopt;
}

void ConnectionKeeper::reset(PoolRecord& record) {
    tell(&PoolEvents::reset, record);
    if (setup_.reset == ResetOnReturn::none || !record.connection->in_transaction()) return;
    const bool commits = setup_.reset == ResetOnReturn::commit;
    debug(record, "Connection", commits ? " commit-on-return" : " rollback-on-return");
    commits ? record.connection->commit() : record.connection->rollback();
}

bool ConnectionKeeper::check_in(PoolRecord& record, bool is_reset) noexcept {
    debug(record, "Connection", " being returned to pool");
    try {
        if (!is_reset) reset(record);
        tell(&PoolEvents::checkin, record);
        if (!record.connection->is_lost()) return true;
        tell_invalidate(record, "it is lost");
    } catch (const std::exception& error) {
        tell_invalidate(record, error.what());
    } catch (...) {
        tell_invalidate(record, "a handler failed");
    }
    return false;
}

void ConnectionKeeper::tell_checkout(const PoolRecord& record) noexcept {
    debug(record, "Connection", " checked out from pool");
}

void ConnectionKeeper::tell_invalidate(PoolRecord& record, std::string_view reason) noexcept {
    if (record.is_foreign()) return;
    ++invalidated_;
    tell_reason(&PoolEvents::invalidate, record, reason);
    if (setup_.echo != PoolEcho::off)
        info(fmt::format("Invalidate connection {}{}", record.id,
                         reason.empty() ? std::string{} : fmt::format(" (reason: {})", reason)));
}

void ConnectionKeeper::soft_invalidate(PoolRecord& record, std::string_view reason) noexcept {
    record.soft_invalidated = true;
    tell_reason(&PoolEvents::soft_invalidate, record, reason);
    if (setup_.echo != PoolEcho::off)
        info(fmt::format("Soft Invalidate connection {}{}", record.id,
                         reason.empty() ? std::string{} : fmt::format(" (reason: {})", reason)));
}

void ConnectionKeeper::tell_detach(PoolRecord& record) noexcept {
    ++detached_;
    tell_quietly(&PoolEvents::detach, record);
    debug(record, "Connection", " detached from pool");
}

void ConnectionKeeper::tell_recycle(const PoolRecord& record, std::string_view why) noexcept {
    ++recycled_;
    if (setup_.echo != PoolEcho::off) info(fmt::format("Connection {} {}; recycling", record.id, why));
}

void ConnectionKeeper::debug(const PoolRecord& record, std::string_view before, std::string_view after) noexcept {
    if (is_debug()) write(LogLevel::debug, fmt::format("{} {}{}", before, record.id, after));
}

void ConnectionKeeper::info(std::string_view message) noexcept {
    if (setup_.logger && setup_.echo != PoolEcho::off) write(LogLevel::info, message);
}

void ConnectionKeeper::write(LogLevel level, std::string_view message) noexcept {
    try {
        setup_.logger->write({.kind = LogKind::note, .logger = log_name_, .message = message, .level = level});
    } catch (...) {
        // A sink must not throw. Where one does, the connection matters more than the line.
    }
}

void ConnectionKeeper::warn(std::string_view message) noexcept {
    if (setup_.logger) setup_.logger->warn(log_name_, message);
}

void ConnectionKeeper::fail(const driver::Failure& failure, std::string_view sql) const {
    if (setup_.translate) setup_.translate(failure, sql);
    throw OperationalError(failure.message);
}

void ConnectionKeeper::add_to(PoolStatistics& statistics) const noexcept {
    statistics.opened = opened_;
    statistics.open_failures = open_failures_;
    statistics.closed = closed_;
    statistics.invalidated = invalidated_;
    statistics.recycled = recycled_;
    statistics.detached = detached_;
}

void ConnectionKeeper::clear_counts() noexcept {
    for (auto* count : {&opened_, &open_failures_, &closed_, &invalidated_, &recycled_, &detached_}) *count = 0;
}

}  // namespace aludel::detail
