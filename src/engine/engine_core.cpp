#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/sql/compile/dialect.hpp>

#include "engine/engine_core.hpp"
#include "engine/pool_factory.hpp"
#include "engine/translate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

const Dialect& dialect_for(const URL& url, const driver::Driver* driver) {
    return driver ? driver->dialect() : dialects::by_name(url.backend());
}

void check_pool_options(const EngineOptions& options) {
    if (options.pool_size < 1)
        throw ArgumentError(fmt::format("pool_size is {}; it must be at least 1.", options.pool_size));
    if (options.max_overflow < -1)
        throw ArgumentError(
            fmt::format("max_overflow is {}; it must be 0 or more, or -1 for any number.", options.max_overflow));
    if (options.pool_timeout.count() < 0) throw ArgumentError("pool_timeout is negative.");
    if (options.busy_timeout.count() < 0) throw ArgumentError("busy_timeout is negative.");
    if (options.connect_timeout.count() < 0) throw ArgumentError("connect_timeout is negative.");
    if (options.statement_timeout.count() < 0) throw ArgumentError("statement_timeout is negative.");
}

void check_level(const driver::Driver& driver, IsolationLevel level) {
    const auto levels = driver.isolation_levels();
    if (level == IsolationLevel::database_default || std::find(levels.begin(), levels.end(), level) != levels.end())
        return;
    std::vector<std::string_view> known;
    for (const auto each : levels) known.push_back(to_string(each));
    throw ArgumentError(fmt::format("The isolation level {} does not exist on {}, which has {}.", to_string(level),
                                    driver.name(), fmt::join(known, ", ")));
}

}  // namespace

EngineCore::EngineCore(URL url, EngineOptions options)
    : url_(std::move(url)),
      options_(std::move(options)),
      waiter_(options_.waiter ? options_.waiter : std::make_shared<Waiter>()),
      driver_(driver::find_driver(url_.backend())),
      general_cache_(dialect_for(url_, driver_.get()), options_.query_cache_size, options_.enable_from_linting),
      cache_(&general_cache_),
      logger_(options_) {
    check_pool_options(options_);
    if (driver_) driver();
}

// The driver, checked against the URL and the options. It may have been registered after this engine was made.
const driver::Driver& EngineCore::driver() {
    if (!driver_) driver_ = driver::find_driver(url_.backend());
    if (!driver_) {
        const auto names = driver::driver_names();
        throw NoSuchModuleError(fmt::format(
            "This build of aludel has no driver for {}, so that it cannot connect to {}. It has {}. Statements for {} "
            "can be "
            "compiled without one.",
            url_.backend(), url_.str(), names.empty() ? "none" : fmt::format("drivers for {}", fmt::join(names, ", ")),
            url_.backend()));
    }
    driver_->validate(url_, connect_options());
    check_level(*driver_, options_.isolation_level);
    return *driver_;
}

driver::ConnectOptions EngineCore::connect_options() {
    driver::ConnectOptions options;
    options.connect_timeout = options_.connect_timeout;
    options.statement_timeout = options_.statement_timeout;
    options.application_name = options_.application_name;
    options.notice = [this](std::string_view severity, std::string_view message) {
        if (logger_.is_on()) logger_.message(LogKind::note, fmt::format("{}: {}", severity, message));
    };
    options.foreign_keys = options_.foreign_keys;
    options.busy_timeout = options_.busy_timeout;
    options.journal_mode = options_.journal_mode;
    options.isolation_level = options_.isolation_level;
    options.prepared_cache_size = options_.prepared_cache_size;
    return options;
}

// The first connection says which server it is: from now on statements are written as its version wants them. What was
// compiled before stays as it is; a connection compiles it anew.
void EngineCore::meet_server(driver::Connection& connection) {
    std::call_once(server_known_, [&] {
        const Dialect& spoken = dialect().for_server(connection.server_version());
        if (&spoken == &dialect()) return;
        server_cache_ =
            std::make_unique<StatementCache>(spoken, options_.query_cache_size, options_.enable_from_linting);
        cache_.store(server_cache_.get(), std::memory_order_release);
    });
}

std::unique_ptr<Pool> EngineCore::make_own_pool() {
    const driver::Driver& known = driver();
    PoolSetup setup;
    setup.connect = [this, &known, options = connect_options()] {
        try {
            auto connection = known.connect(url_, options, *waiter_);
            meet_server(*connection);
            return connection;
        } catch (const driver::Failure& failure) {
            throw_translated(failure, dialect(), {});
        }
    };
    setup.translate = [this](const driver::Failure& failure, std::string_view sql) {
        throw_translated(failure, dialect(), {std::string{sql}, {}, false});
    };
    setup.logger = &logger_;
    return make_pool(std::move(setup), options_, known.pool_kind(url_));
}

Pool& EngineCore::pool() {
    if (Pool* ready = existing_pool()) return *ready;
    std::scoped_lock lock{mutex_};
    if (!pool_) {
        pool_ = make_own_pool();
        ready_pool_.store(pool_.get(), std::memory_order_release);
    }
    return *pool_;
}

void EngineCore::warn_of_leaks(std::string_view occasion) noexcept {
    Pool* pool = existing_pool();
    if (!pool || !pool->leaks().is_on()) return;
    const std::string text = leak_text(pool->leaks().list());
    if (!text.empty()) logger_.warn("aludel.pool." + pool->name(), fmt::format("{} {}", occasion, text));
}

void EngineCore::require_two_phase() {
    std::scoped_lock lock{mutex_};
    if (!driver().has_two_phase())
        throw InvalidRequestError(fmt::format(
            "The {} database cannot commit in two phases, so that begin_twophase(), recover_twophase() and the "
            "session's twophase option do not work with it.",
            driver_->name()));
}

void EngineCore::check_isolation_level(IsolationLevel level) {
    std::scoped_lock lock{mutex_};
    check_level(driver(), level);
}

}  // namespace aludel::detail
