#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include "engine/connection_core.hpp"
#include "engine/engine_core.hpp"

#include <utility>

namespace aludel {

bool operator==(const Engine& a, const Engine& b) noexcept {
    return a.core_ == b.core_ && a.execution_ == b.execution_;
}

namespace {

// Reports, when the last handle goes, what connections still keep the engine alive.
std::shared_ptr<const void> leak_watch_of(const std::shared_ptr<detail::EngineCore>& core) {
    if (core->options().report_leaks == LeakReport::off) return nullptr;
    const auto report = [core = std::weak_ptr{core}](const void*) {
        if (const auto alive = core.lock()) alive->warn_of_leaks("The engine has no handle any more, and");
    };
    return {core.get(), report};
}

}  // namespace

Engine create_engine(const URL& url, EngineOptions options) {
    Engine engine{std::make_shared<detail::EngineCore>(url, std::move(options))};
    engine.watch_ = leak_watch_of(engine.core_);
    return engine;
}

Engine create_engine(std::string_view url, EngineOptions options) {
    return create_engine(URL::parse(url), std::move(options));
}

Connection Engine::connect(std::source_location where) const {
    auto connection = std::make_unique<detail::ConnectionCore>(core_, execution_);
    connection->set_place(where);
    connection->require_lease();
    return Connection{std::move(connection)};
}

Engine Engine::execution_options(const ExecutionOptions& options) const {
    if (options.isolation_level) core_->check_isolation_level(*options.isolation_level);
    Engine changed{core_, detail::with_changes(execution_, options)};
    changed.watch_ = watch_;
    return changed;
}

const URL& Engine::url() const noexcept { return core_->url(); }
const EngineOptions& Engine::options() const noexcept { return core_->options(); }
const Dialect& Engine::dialect() const { return core_->dialect(); }
StatementCache& Engine::statement_cache() const { return core_->cache(); }

void Engine::dispose(bool close) const {
    detail::Pool* pool = core_->existing_pool();
    if (!pool) return;
    core_->warn_of_leaks("The engine is disposed of, and");
    pool->dispose(close);
}

PoolStatistics Engine::pool() const { return core_->pool().statistics(); }
std::string Engine::pool_status() const { return core_->pool().status(); }
void Engine::listen(PoolEvents events) const { core_->pool().keeper().listen(std::move(events)); }

void Engine::listen(const StatementEvents& events) const { core_->listeners().add(events); }

std::vector<CheckedOutConnection> Engine::checked_out_connections() const {
    detail::Pool* pool = core_->existing_pool();
    return pool ? pool->leaks().list() : std::vector<CheckedOutConnection>{};
}

std::string Engine::leak_report() const { return detail::leak_text(checked_out_connections()); }

std::uint64_t Engine::statement_count() const noexcept { return core_->statement_count(); }

bool Engine::echo() const noexcept { return core_->logger().is_on(); }
void Engine::set_echo(bool on) const noexcept { core_->logger().turn(on); }

void Engine::run_schema(const Work& work) const {
    Connection connection = connect();
    Transaction transaction = connection.begin();
    connection.run_schema(work);
    transaction.commit();
}

}  // namespace aludel
