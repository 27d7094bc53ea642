#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>

#include "engine/engine_core.hpp"
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
      dialect_(&dialect_for(url_, driver_.get())),
      cache_(*dialect_, options_.query_cache_size),
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

driver::ConnectOptions EngineCore::connect_options() const {
    driver::ConnectOptions options;
    options.foreign_keys = options_.foreign_keys;
    options.busy_timeout = options_.busy_timeout;
    options.journal_mode = options_.journal_mode;
    options.isolation_level = options_.isolation_level;
    options.prepared_cache_size = options_.prepared_cache_size;
    return options;
}

std::unique_ptr<Pool> EngineCore::make_pool() {
    const driver::Driver& known = driver();
    Connector connect = [this, &known, options = connect_options()] {
        try {
            return known.connect(url_, options, *waiter_);
        } catch (const driver::Failure& failure) {
            throw_translated(failure, *dialect_, {});
        }
    };
    if (known.pool_kind(url_) == driver::PoolKind::single)
        return std::make_unique<SinglePool>(std::move(connect), options_.pool_timeout);
    QueuePoolOptions pool;
    pool.limits = {options_.pool_size, options_.max_overflow, options_.pool_use_lifo, options_.pool_recycle};
    pool.timeout = options_.pool_timeout;
    pool.pre_ping = options_.pool_pre_ping;
    return std::make_unique<QueuePool>(std::move(connect), pool);
}

Pool& EngineCore::pool() {
    std::scoped_lock lock{mutex_};
    if (!pool_) pool_ = make_pool();
    return *pool_;
}

Pool* EngineCore::existing_pool() noexcept {
    std::scoped_lock lock{mutex_};
    return pool_.get();
}

void EngineCore::check_isolation_level(IsolationLevel level) {
    std::scoped_lock lock{mutex_};
    check_level(driver(), level);
}

}  // namespace aludel::detail
