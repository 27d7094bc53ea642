// Random steps of PoolState beside a plain model of a pool: a set of idle connections, a set of those in use, a queue.
#include "engine/pool_state.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <list>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace aludel::detail {
namespace {

using Step = PoolState::Step;

struct Waiting {
    PoolWaiter waiter;
    bool granted = false;
    std::uint64_t id = 0;  // of the connection that the model grants; 0: a place
};

class PoolModel {
  public:
    PoolModel(PoolLimits limits, std::uint64_t seed) : limits_(limits), pool_(limits), random_(seed) {}

    void step() {
        switch (pick(12)) {
            case 0:
            case 1:
            case 2:
            case 3: check_out(); break;
            case 4:
            case 5:
            case 6: check_in(); break;
            case 7:
            case 8: collect(); break;
            case 9: give_up(); break;
            case 10: lose(); break;
            default: pick(8) == 0 ? dispose() : invalidate(); break;
        }
        compare();
    }
    void drain() {
        while (!queue_.empty() || !granted_.empty() || !out_.empty()) {
            check_in();
            collect();
            compare();
        }
        EXPECT_EQ(pool_.checked_out(), 0);
    }

  private:
    std::size_t pick(std::size_t choices) { return random_() % choices; }
    bool has_free_place() const { return limits_.max_overflow < 0 || places_ < limits_.size + limits_.max_overflow; }

    PoolRecordPtr opened() {
        auto made = std::make_unique<PoolRecord>();
        made->id = ++last_id_;
        made->generation = pool_.generation();
        return made;
    }

    // What was decided becomes a connection in use; one in six fails to open.
    void take(PoolState::Decision decision) {
        if (decision.step == Step::reuse) {
            ASSERT_EQ(decision.record->generation, pool_.generation());
        } else if (pick(6) == 0) {
            return vacate();
        } else {
            decision.record = opened();
        }
        out_.push_back(std::move(decision.record));
    }

    void vacate() {
        expect_grant(pool_.vacate(), 0);
        if (granted_now_) return;
        --places_;
    }

    // The first of the queue must be the one who got it.
    void expect_grant(PoolWaiter* woken, std::uint64_t id) {
        granted_now_ = !queue_.empty();
        if (queue_.empty()) {
            ASSERT_EQ(woken, nullptr);
            return;
        }
        ASSERT_EQ(woken, &queue_.front().waiter);
        queue_.front().granted = true;
        queue_.front().id = id;
        granted_.splice(granted_.end(), queue_, queue_.begin());
    }

    void check_out() {
        auto& waiting = queue_.emplace_back();
        auto decision = pool_.checkout(waiting.waiter, PoolClock::time_point{});
        if (!idle_.empty()) {
            const std::uint64_t expected = limits_.lifo ? idle_.back() : idle_.front();
            limits_.lifo ? idle_.pop_back() : idle_.pop_front();
            ASSERT_TRUE(decision.step == Step::reuse || decision.step == Step::replace);
            ASSERT_EQ(decision.record->id, expected);
        } else if (has_free_place()) {
            ASSERT_EQ(decision.step, Step::open);
            ++places_;
        } else {
            ASSERT_EQ(decision.step, Step::wait);
            return;
        }
        queue_.pop_back();
        take(std::move(decision));
    }

    void check_in() {
        if (out_.empty()) return;
        auto chosen = out_.begin() + static_cast<std::ptrdiff_t>(pick(out_.size()));
        PoolRecordPtr record = std::move(*chosen);
        out_.erase(chosen);
        if (pick(10) == 0) record->soft_invalidated = true;
        const bool stale = record->generation != pool_.generation() || record->soft_invalidated;
        const auto id = record->id;
        auto returned = pool_.checkin(std::move(record));
        const bool keeps = !stale && (!queue_.empty() || static_cast<int>(idle_.size()) < limits_.size);
        ASSERT_EQ(returned.closing == nullptr, keeps);
        if (!keeps) {
            ASSERT_EQ(returned.woken, nullptr);
            return vacate();
        }
        expect_grant(returned.woken, id);
        if (!granted_now_) idle_.push_back(id);
    }

    void collect() {
        if (!queue_.empty()) {
            ASSERT_EQ(pool_.collect(queue_.back().waiter, PoolClock::time_point{}).step, Step::wait);
        }
        if (granted_.empty()) return;
        auto chosen = std::next(granted_.begin(), static_cast<std::ptrdiff_t>(pick(granted_.size())));
        auto decision = pool_.collect(chosen->waiter, PoolClock::time_point{});
        ASSERT_NE(decision.step, Step::wait);
        ASSERT_EQ(decision.record ? decision.record->id : 0, chosen->id);
        granted_.erase(chosen);
        take(std::move(decision));
    }

    void give_up() {
        if (queue_.empty()) return;
        auto chosen = std::next(queue_.begin(), static_cast<std::ptrdiff_t>(pick(queue_.size())));
        pool_.give_up(chosen->waiter);
        queue_.erase(chosen);
    }

    void lose() {
        if (out_.empty()) return;
        out_.pop_back();
        vacate();
    }

    void invalidate() {
        if (pick(4) == 0) pool_.invalidate();
    }

    void dispose() {
        const auto closing = pool_.dispose();
        ASSERT_EQ(closing.size(), idle_.size());
        idle_.clear();
        for (std::size_t i = 0; i < closing.size(); ++i) vacate();
    }

    void compare() {
        ASSERT_EQ(pool_.idle(), static_cast<int>(idle_.size()));
        ASSERT_EQ(pool_.checked_out(), static_cast<int>(out_.size() + granted_.size()));
        ASSERT_EQ(pool_.waiting(), static_cast<int>(queue_.size()));
        ASSERT_EQ(pool_.idle() + pool_.checked_out(), places_);
        if (limits_.max_overflow >= 0) {
            ASSERT_LE(places_, limits_.size + limits_.max_overflow);
        }
        ASSERT_TRUE(queue_.empty() || (idle_.empty() && !has_free_place())) << "nobody waits without need";
    }

    PoolLimits limits_;
    PoolState pool_;
    std::mt19937_64 random_;
    std::deque<std::uint64_t> idle_;
    std::vector<PoolRecordPtr> out_;
    std::list<Waiting> queue_, granted_;
    int places_ = 0;
    std::uint64_t last_id_ = 0;
    bool granted_now_ = false;
};

TEST(PoolModel, random_steps_agree_with_a_plain_model) {
    const char* given = std::getenv("ALUDEL_SEED");
    const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    SCOPED_TRACE("ALUDEL_SEED=" + std::to_string(seed));
    const std::vector<PoolLimits> all{{.size = 3, .max_overflow = 2},
                                      {.size = 3, .max_overflow = 0, .lifo = true},
                                      {.size = 1, .max_overflow = 0},
                                      {.size = 2, .max_overflow = -1},
                                      {.size = 0, .max_overflow = 4}};
    for (const PoolLimits& limits : all) {
        PoolModel model{limits, seed};
        for (int i = 0; i < 10'000 && !::testing::Test::HasFatalFailure(); ++i) model.step();
        ASSERT_FALSE(::testing::Test::HasFatalFailure());
        model.drain();
    }
}

}  // namespace
}  // namespace aludel::detail
