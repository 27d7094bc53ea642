#pragma once

#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>
#include <aludel/engine/driver.hpp>

#include "engine/pool_factory.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <source_location>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace aludel::test {

/// A database server that counts its connections and remembers what they say. What one of its lives has connected is
/// dead after `restart`.
struct FakeServer {
    std::atomic<int> open{0};
    std::atomic<int> most_open{0};
    std::atomic<int> opened{0};
    std::atomic<int> abandoned{0};
    std::atomic<int> pings{0};
    std::atomic<int> life{1};
    std::atomic<bool> refuses{false};
    std::atomic<int> refuse_next{0};  // so many connections, beside that
    std::atomic<bool> fails_commands{false};
    std::atomic<bool> is_noticed{false};  // connections of an earlier life know it
    std::atomic<int> connect_milliseconds{0};

    void restart() { ++life; }
    void say(std::string_view what) {
        std::scoped_lock lock{mutex_};
        said_.emplace_back(what);
    }
    std::vector<std::string> take_said() {
        std::scoped_lock lock{mutex_};
        return std::exchange(said_, {});
    }

  private:
    std::mutex mutex_;
    std::vector<std::string> said_;
};

[[noreturn]] inline void fail_fake(std::string message, bool disconnected) {
    driver::Failure failure;
    failure.code = failure.extended_code = 1;
    failure.message = std::move(message);
    failure.disconnected = disconnected;
    throw failure;
}

class FakeConnection;

class FakeCursor final : public driver::Cursor {
  public:
    FakeCursor(FakeConnection& connection, std::string_view sql) : connection_(connection), sql_(sql) {}
    void execute(std::span<const Cell> parameters) override;
    bool next() override { return std::exchange(has_row_, false); }
    std::size_t column_count() const override { return sql_.starts_with("SELECT") ? 1 : 0; }
    std::string_view column_name(std::size_t) const override { return "answer"; }
    std::int64_t rows_affected() const noexcept override { return 0; }
    std::int64_t last_insert_id() const noexcept override { return 0; }
    void release() noexcept override { delete this; }

  private:
    FakeConnection& connection_;
    std::string sql_;
    bool has_row_ = false;
};

/// Each command is said to the server as `<number>: <command>`.
class FakeConnection final : public driver::Connection {
  public:
    explicit FakeConnection(std::shared_ptr<FakeServer> server) : server_(std::move(server)), life_(server_->life) {
        if (const int pause = server_->connect_milliseconds)
            std::this_thread::sleep_for(std::chrono::milliseconds{pause});
        number_ = ++server_->opened;
        if (server_->refuses || refused(*server_)) fail_fake("connection refused", true);
        const int now = ++server_->open;
        for (int most = server_->most_open; most < now && !server_->most_open.compare_exchange_weak(most, now);) {}
    }
    ~FakeConnection() override {
        --server_->open;
        if (!abandoned_) server_->say(std::to_string(number_) + ": close");
    }
    driver::CursorPtr prepare(std::string_view sql) override { return driver::CursorPtr{new FakeCursor{*this, sql}}; }
    void execute_script(std::string_view sql) override { command(sql); }
    void begin() override {
        command("BEGIN");
        in_transaction_ = true;
    }
    void commit() override {
        in_transaction_ = false;
        command("COMMIT");
    }
    void rollback() override {
        in_transaction_ = false;
        command("ROLLBACK");
    }
    bool in_transaction() const noexcept override { return in_transaction_; }
    bool is_lost() const noexcept override { return server_->is_noticed && !is_alive(); }
    void set_isolation_level(IsolationLevel) override {}
    bool ping() noexcept override {
        ++server_->pings;
        return is_alive();
    }
    void interrupt() noexcept override {}
    std::string server_version() override { return "3.40.1"; }
    void abandon() noexcept override {
        abandoned_ = true;
        ++server_->abandoned;
    }

    void command(std::string_view sql) {
        server_->say(std::to_string(number_) + ": " + std::string{sql});
        if (!is_alive()) fail_fake("server closed the connection", true);
        if (server_->fails_commands) fail_fake("no", false);
        if (sql == "begin by text") in_transaction_ = true;
    }
    int number() const noexcept { return number_; }

  private:
    bool is_alive() const noexcept { return life_ == server_->life; }
    static bool refused(FakeServer& server) {
        int left = server.refuse_next;
        while (left > 0 && !server.refuse_next.compare_exchange_weak(left, left - 1)) {}
        return left > 0;
    }

    std::shared_ptr<FakeServer> server_;
    int life_;
    int number_ = 0;
    bool in_transaction_ = false;
    bool abandoned_ = false;
};

inline void FakeCursor::execute(std::span<const Cell>) {
    connection_.command(sql_);
    has_row_ = column_count() != 0;
    row_.assign(1, Cell{});
}

class FakeDriver final : public driver::Driver {
  public:
    FakeDriver(std::shared_ptr<FakeServer> server, driver::PoolKind kind) : server_(std::move(server)), kind_(kind) {}
    std::string_view name() const noexcept override {
        return kind_ == driver::PoolKind::queue ? "fakepool" : "fakememory";
    }
    const Dialect& dialect() const override { return dialects::sqlite(); }
    driver::PoolKind pool_kind(const URL&) const override { return kind_; }
    std::span<const IsolationLevel> isolation_levels() const noexcept override {
        static constexpr std::array levels{IsolationLevel::autocommit, IsolationLevel::serializable};
        return levels;
    }
    void validate(const URL&, const driver::ConnectOptions&) const override {}
    std::unique_ptr<driver::Connection> connect(const URL&, const driver::ConnectOptions&, Waiter&) const override {
        return std::make_unique<FakeConnection>(server_);
    }

  private:
    std::shared_ptr<FakeServer> server_;
    driver::PoolKind kind_;
};

/// Registers the drivers `fakepool` and `fakememory`, whose connections go to the server that is returned.
inline std::shared_ptr<FakeServer> register_fake_drivers() {
    auto server = std::make_shared<FakeServer>();
    driver::register_driver(std::make_shared<FakeDriver>(server, driver::PoolKind::queue));
    driver::register_driver(std::make_shared<FakeDriver>(server, driver::PoolKind::single));
    return server;
}

/// A pool of connections to the server, as an engine with these options makes it.
inline std::unique_ptr<detail::Pool> make_fake_pool(const std::shared_ptr<FakeServer>& server,
                                                    const EngineOptions& options,
                                                    driver::PoolKind kind = driver::PoolKind::queue) {
    detail::PoolSetup setup;
    setup.connect = [server]() -> std::unique_ptr<driver::Connection> {
        try {
            return std::make_unique<FakeConnection>(server);
        } catch (const driver::Failure& failure) {
            throw OperationalError(failure.message);
        }
    };
    return detail::make_pool(std::move(setup), options, kind);
}

inline detail::Lease take(detail::Pool& pool, std::source_location where = std::source_location::current()) {
    return pool.take(where);
}

/// The number of the leased connection: the first that the server opened is 1.
inline int number_of(const detail::Lease& lease) {
    return static_cast<const FakeConnection&>(*lease.connection).number();
}

}  // namespace aludel::test
