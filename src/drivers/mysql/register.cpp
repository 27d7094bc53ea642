#include <aludel/dialects/dialects.hpp>
#include <aludel/drivers/mysql.hpp>
#include <aludel/engine/driver.hpp>

#include "drivers/mysql/session.hpp"
#include "drivers/mysql/target.hpp"

#include <array>
#include <memory>
#include <string_view>

namespace aludel::driver {

namespace mysql {

namespace {

/// MySQL and MariaDB share protocol, client library and dialect; what differs is asked of the server.
class MySqlDriver final : public Driver {
  public:
    explicit MySqlDriver(std::string_view name) : name_(name) {}

    std::string_view name() const noexcept override { return name_; }
    const Dialect& dialect() const override { return dialects::mysql(); }
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

  private:
    std::string_view name_;
};

}  // namespace

}  // namespace mysql

void register_mysql() {
    register_driver(std::make_shared<mysql::MySqlDriver>("mysql"));
    register_driver(std::make_shared<mysql::MySqlDriver>("mariadb"));
}

}  // namespace aludel::driver
