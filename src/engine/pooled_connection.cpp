#include <aludel/engine/pool.hpp>

#include "engine/connection_keeper.hpp"
#include "engine/pool_record.hpp"

namespace aludel {

std::uint64_t PooledConnection::id() const noexcept { return record_->id; }

std::chrono::steady_clock::duration PooledConnection::age() const noexcept {
    return detail::PoolClock::now() - record_->opened;
}

std::map<std::string, std::any>& PooledConnection::info() const noexcept { return record_->info; }

void PooledConnection::execute(std::string_view sql) const {
    try {
        record_->connection->execute_script(sql);
    } catch (const driver::Failure& failure) {
        keeper_->fail(failure, sql);
    }
}

std::optional<Value> PooledConnection::scalar(std::string_view sql) const {
    try {
        const auto cursor = record_->connection->prepare(sql);
        cursor->execute();
        if (cursor->column_count() == 0 || !cursor->next()) return std::nullopt;
        return cursor->row()[0].to_value();
    } catch (const driver::Failure& failure) {
        keeper_->fail(failure, sql);
    }
}

std::string PooledConnection::server_version() const {
    try {
        return record_->connection->server_version();
    } catch (const driver::Failure& failure) {
        keeper_->fail(failure, {});
    }
}

void PooledConnection::soft_invalidate(std::string_view reason) const { keeper_->soft_invalidate(*record_, reason); }

driver::Connection& PooledConnection::driver_connection() const noexcept { return *record_->connection; }

}  // namespace aludel
