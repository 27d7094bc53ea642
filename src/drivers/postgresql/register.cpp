#include <aludel/dialects/dialects.hpp>
#include <aludel/drivers/postgresql.hpp>
#include <aludel/engine/driver.hpp>

#include "drivers/postgresql/session.hpp"
#include "drivers/postgresql/target.hpp"

#include <array>
#include <memory>

namespace aludel::driver {

namespace postgresql {

namespace {

class PostgresqlDriver final : public Driver {
  public:
    std::string_view name() const noexcept override { return "postgresql"; }
    const Dialect& dialect() const override { return dialects::postgresql(); }
    PoolKind pool_kind(const URL&) const override { return PoolKind::queue; }

    std::span<const IsolationLevel> isolation_levels() const noexcept override {
        static constexpr std::array levels{IsolationLevel::read_uncommitted, IsolationLevel::read_committed,
                                           IsolationLevel::repeatable_read, IsolationLevel::serializable,
                                           IsolationLevel::autocommit};
        return levels;
    }

    bool has_two_phase() const noexcept override { return true; }

    void validate(const URL& url, const ConnectOptions& options) const override { target_of(url, options); }

    std::unique_ptr<Connection> connect(const URL& url, const ConnectOptions& options, Waiter& waiter) const override {
        return std::make_unique<Session>(target_of(url, options), options, waiter);
    }
};

}  // namespace

}  // namespace postgresql

void register_postgresql() { register_driver(std::make_shared<postgresql::PostgresqlDriver>()); }

}  // namespace aludel::driver
