#include <aludel/dialects/dialects.hpp>
#include <aludel/drivers/sqlite.hpp>
#include <aludel/engine/driver.hpp>

#include "drivers/sqlite/database.hpp"
#include "drivers/sqlite/target.hpp"

#include <sqlite3.h>

#include <array>
#include <memory>

namespace aludel::driver {

namespace sqlite {

namespace {

// SQLite counts the memory of the whole process under one mutex, for statistics that hardly anybody reads: the manual
// advises against it. Too late, and without effect, where SQLite runs already.
void turn_off_memory_statistics() noexcept { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

class SqliteDriver final : public Driver {
  public:
    std::string_view name() const noexcept override { return "sqlite"; }
    const Dialect& dialect() const override { return dialects::sqlite(); }
    PoolKind pool_kind(const URL& url) const override { return is_in_memory(url) ? PoolKind::single : PoolKind::queue; }

    std::span<const IsolationLevel> isolation_levels() const noexcept override {
        static constexpr std::array levels{IsolationLevel::read_uncommitted, IsolationLevel::serializable,
                                           IsolationLevel::autocommit};
        return levels;
    }

    void validate(const URL& url, const ConnectOptions& options) const override { target_of(url, options); }

    std::unique_ptr<Connection> connect(const URL& url, const ConnectOptions& options, Waiter& waiter) const override {
        return std::make_unique<Database>(target_of(url, options), options, waiter);
    }
};

}  // namespace

}  // namespace sqlite

void register_sqlite() {
    sqlite::turn_off_memory_statistics();
    register_driver(std::make_shared<sqlite::SqliteDriver>());
}

}  // namespace aludel::driver
