#include "engine/pool_factory.hpp"

#include "engine/queue_pool.hpp"
#include "engine/shared_pool.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace aludel::detail {

namespace {

PoolClass class_of(const EngineOptions& options, driver::PoolKind kind) {
    if (options.pool_class != PoolClass::automatic) return options.pool_class;
    return kind == driver::PoolKind::single ? PoolClass::static_ : PoolClass::queue;
}

std::string name_of(PoolClass pool_class) {
    switch (pool_class) {
        case PoolClass::null: return "NullPool";
        case PoolClass::static_: return "StaticPool";
        case PoolClass::singleton_thread: return "SingletonThreadPool";
        case PoolClass::assertion: return "AssertionPool";
        case PoolClass::automatic:
        case PoolClass::queue: break;
    }
    return "QueuePool";
}

// So that a timeout of any length can be added to the time.
std::chrono::milliseconds bounded(std::chrono::milliseconds timeout) {
    return std::min<std::chrono::milliseconds>(timeout, std::chrono::hours{24 * 365 * 100});
}

QueuePoolOptions queue_options(const EngineOptions& options, PoolClass pool_class) {
    QueuePoolOptions queue;
    queue.limits = {options.pool_size, options.max_overflow, options.pool_use_lifo, options.pool_recycle};
    queue.timeout = bounded(options.pool_timeout);
    queue.waiter = options.waiter;
    if (pool_class == PoolClass::null) {
        queue.limits.size = 0;
        queue.limits.max_overflow = -1;
    } else if (pool_class == PoolClass::assertion) {
        queue.limits.size = 1;
        queue.limits.max_overflow = 0;
        queue.timeout = {};
        queue.asserts = true;
    }
    return queue;
}

}  // namespace

std::unique_ptr<Pool> make_pool(PoolSetup setup, const EngineOptions& options, driver::PoolKind kind) {
    const PoolClass pool_class = class_of(options, kind);
    // A database that lives in its connection is not thrown away because it is old.
    const bool keeps = kind == driver::PoolKind::single;
    setup.name = name_of(pool_class);
    setup.echo = options.echo_pool;
    setup.reset = options.pool_reset_on_return;
    setup.pre_ping = options.pool_pre_ping && !keeps;
    setup.leaks = options.report_leaks;
    setup.events = options.pool_events;
    if (pool_class == PoolClass::assertion && setup.leaks == LeakReport::off) setup.leaks = LeakReport::place;
    if (pool_class != PoolClass::static_ && pool_class != PoolClass::singleton_thread)
        return std::make_unique<QueuePool>(std::move(setup), queue_options(options, pool_class));
    SharedPoolOptions shared;
    shared.per_thread = pool_class == PoolClass::singleton_thread;
    if (shared.per_thread) shared.size = options.pool_size;
    shared.timeout = bounded(options.pool_timeout);
    if (!keeps) shared.recycle = options.pool_recycle;
    return std::make_unique<SharedPool>(std::move(setup), shared);
}

}  // namespace aludel::detail
