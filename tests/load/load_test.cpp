// Many threads with sessions over a small pool read, and move money between accounts. ALUDEL_LOAD_TRANSACTIONS says how
// many transactions a run has; `make load` runs a hundred thousand on each database under ThreadSanitizer.
#include "support/bank.hpp"
#include "support/databases.hpp"

#include <aludel/engine/pool.hpp>

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace aludel::test {
namespace {

using namespace std::chrono_literals;

constexpr int threads = 32;
constexpr int pool_size = 8;
constexpr int accounts = 100;
constexpr int all_money = accounts * 100;

int wanted_transactions() {
    const std::string given = environment("ALUDEL_LOAD_TRANSACTIONS");
    return given.empty() ? 2'000 : std::stoi(given);
}

/// What the transaction of a number does; the same in every run.
struct Order {
    enum class Kind : std::uint8_t { sum_all, read_one, move_by_statements, move_by_objects };
    Kind kind;
    int from;
    int to;
    int amount;

    explicit Order(int number) {
        std::minstd_rand random(static_cast<unsigned>(number) + 1);
        random.discard(3);  // neighbours begin alike
        const auto pick = [&](int count) { return std::uniform_int_distribution<int>(0, count - 1)(random); };
        kind = static_cast<Kind>(pick(4));
        from = 1 + pick(accounts);
        to = 1 + (from + pick(accounts - 1)) % accounts;
        amount = 1 + pick(5);
    }
    bool moves() const { return kind == Kind::move_by_statements || kind == Kind::move_by_objects; }
};

/// The most connections that were in use at the same time, and how often one was taken.
struct Usage {
    std::atomic<int> now = 0;
    std::atomic<int> most = 0;
    std::atomic<std::uint64_t> checkouts = 0;

    void take() {
        ++checkouts;
        const int in_use = ++now;
        int seen = most;
        while (seen < in_use && !most.compare_exchange_weak(seen, in_use)) continue;
    }
    PoolEvents events() {
        return {.checkout = [this](PooledConnection&) { take(); }, .checkin = [this](PooledConnection&) { --now; }};
    }
};

class Load : public ::testing::TestWithParam<Backend> {
  protected:
    void SetUp() override {
        if (const std::string why = why_unavailable(GetParam()); !why.empty()) GTEST_SKIP() << why;
        database_.emplace(GetParam());
        EngineOptions options;
        options.pool_size = pool_size;
        options.max_overflow = 0;
        options.pool_timeout = 120s;
        options.pool_events = usage_.events();
        if (GetParam() == Backend::sqlite) {
            options.journal_mode = "wal";
            options.pool_events.connect = [](PooledConnection& each) { each.execute("PRAGMA synchronous = NORMAL"); };
        }
        engine_.emplace(create_engine(database_->url(), options));
        strict_.emplace(engine_->execution_options({.isolation_level = IsolationLevel::serializable}));
        open_bank(*engine_, accounts);
    }

    void run_orders(int count) {
        std::atomic<int> next = 0;
        std::vector<std::thread> running;
        for (int t = 0; t < threads; ++t)
            running.emplace_back([&] {
                try {
                    while (next < count) fulfil(next, count);
                } catch (const std::exception& error) {
                    ADD_FAILURE() << error.what();
                    next = count;
                }
            });
        for (std::thread& thread : running) thread.join();
    }

    /// Takes orders for a while with one pair of sessions.
    void fulfil(std::atomic<int>& next, int count) {
        constexpr int orders_per_session = 100;
        Session session{*engine_};
        Session strict{*strict_};
        for (int i = 0; i < orders_per_session; ++i) {
            const int number = next++;
            if (number >= count) return;
            const Order order(number);
            Session& one = order.kind == Order::Kind::move_by_objects ? strict : session;
            run_transaction(one, [&](Session& each) { run_order(each, order, number); }, patience_);
        }
    }

    static void run_order(Session& session, const Order& order, int number) {
        switch (order.kind) {
            case Order::Kind::sum_all:
                EXPECT_EQ(session.query(func::sum(col<&Account::balance>)).scalar(), all_money);
                return;
            case Order::Kind::read_one: EXPECT_TRUE(session.get<Account>(order.from)); return;
            case Order::Kind::move_by_statements:
                add_to(session, order.from, -order.amount);
                add_to(session, order.to, order.amount);
                break;
            case Order::Kind::move_by_objects:
                const auto from = session.get<Account>(order.from);
                const auto to = session.get<Account>(order.to);
                from->balance -= order.amount;
                to->balance += order.amount;
                break;
        }
        session.add(Transfer{.name = std::to_string(number), .amount = order.amount});
    }

    /// Each account has what the orders make of it, one after the other.
    void expect_books_are_right(int count) const {
        std::array<int, accounts + 1> expected{};
        expected.fill(100);
        std::int64_t transfers = 0;
        for (int number = 0; number < count; ++number) {
            const Order order(number);
            if (!order.moves()) continue;
            ++transfers;
            expected[static_cast<std::size_t>(order.from)] -= order.amount;
            expected[static_cast<std::size_t>(order.to)] += order.amount;
        }
        Session session{*engine_};
        EXPECT_EQ(session.query<Transfer>().count(), transfers);
        EXPECT_EQ(sum_of_balances(*engine_), all_money);
        for (const auto& account : session.query<Account>().all())
            EXPECT_EQ(account->balance, expected[static_cast<std::size_t>(*account->id)]) << "account " << *account->id;
    }

    void expect_counters_agree(int count) const {
        const PoolStatistics pool = engine_->pool();
        EXPECT_EQ(pool.checked_out, 0);
        EXPECT_EQ(pool.waiting, 0);
        EXPECT_EQ(pool.timeouts, 0u);
        EXPECT_EQ(pool.open_failures, 0u);
        EXPECT_EQ(pool.invalidated, 0u);
        EXPECT_EQ(pool.checked_in, static_cast<int>(pool.opened - pool.closed));
        EXPECT_LE(pool.checked_in, pool_size);
        EXPECT_GE(pool.checkouts, static_cast<std::uint64_t>(count));
        EXPECT_EQ(pool.checkouts, usage_.checkouts);
        EXPECT_EQ(usage_.now, 0);
        EXPECT_EQ(usage_.most, pool_size);
    }

    Usage usage_;
    std::optional<Database> database_;
    std::optional<Engine> engine_;
    std::optional<Engine> strict_;
    std::atomic<int> retries_ = 0;
    const RetryOptions patience_{
        .attempts = 1'000, .first_delay = 1ms, .max_delay = 50ms, .on_retry = [this](const RetryNotice& notice) {
            EXPECT_TRUE(notice.error.retryable());
            EXPECT_FALSE(notice.error.connection_invalidated()) << notice.error.what();
            ++retries_;
        }};
};
INSTANTIATE_TEST_SUITE_P(, Load, ::testing::ValuesIn(all_backends),
                         [](const auto& instance) { return std::string(to_string(instance.param)); });

TEST_P(Load, money_moved_by_many_threads_is_neither_lost_nor_made) {
    const int count = wanted_transactions();
    const auto start = std::chrono::steady_clock::now();
    run_orders(count);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    std::cout << GetParam() << ": " << count << " transactions in " << taken.count() << " s, " << retries_
              << " run again, " << engine_->pool().waits << " waits for a connection\n";
    expect_books_are_right(count);
    expect_counters_agree(count);
}

}  // namespace
}  // namespace aludel::test
