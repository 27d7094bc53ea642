#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include "engine/connection_core.hpp"
#include "engine/engine_core.hpp"

#include <utility>

namespace aludel {

Engine create_engine(const URL& url, EngineOptions options) {
    return Engine{std::make_shared<detail::EngineCore>(url, std::move(options))};
}

Engine create_engine(std::string_view url, EngineOptions options) {
    return create_engine(URL::parse(url), std::move(options));
}

Connection Engine::connect() const {
    auto connection = std::make_unique<detail::ConnectionCore>(core_);
    connection->require_lease();
    return Connection{std::move(connection)};
}

const URL& Engine::url() const noexcept { return core_->url(); }
const EngineOptions& Engine::options() const noexcept { return core_->options(); }
const Dialect& Engine::dialect() const { return core_->dialect(); }
StatementCache& Engine::statement_cache() const { return core_->cache(); }

void Engine::dispose() const {
    if (detail::Pool* pool = core_->existing_pool()) pool->dispose();
}

std::string Engine::pool_status() const { return core_->pool().status(); }

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
