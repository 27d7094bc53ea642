#include <aludel/engine/waiter.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace aludel {
namespace {

using namespace std::chrono_literals;
using Clock = Waiter::Clock;

class WaiterTest : public ::testing::Test {
  protected:
    WaiterTest() { EXPECT_EQ(::pipe(ends_.data()), 0); }
    ~WaiterTest() override {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    std::array<int, 2> ends_{};
    Waiter waiter_;
};

TEST_F(WaiterTest, wait_without_data_times_out_at_the_deadline) {
    const auto before = Clock::now();
    EXPECT_EQ(waiter_.wait(ends_[0], Waiter::Readiness::read, before + 30ms), Waiter::Outcome::timed_out);
    EXPECT_GE(Clock::now(), before + 30ms);
}

TEST_F(WaiterTest, wait_with_data_is_ready) {
    ASSERT_EQ(::write(ends_[1], "x", 1), 1);
    EXPECT_EQ(waiter_.wait(ends_[0], Waiter::Readiness::read, Waiter::no_deadline), Waiter::Outcome::ready);
    EXPECT_EQ(waiter_.wait(ends_[1], Waiter::Readiness::write, Waiter::no_deadline), Waiter::Outcome::ready);
}

TEST_F(WaiterTest, pause_ends_at_the_deadline) {
    const auto before = Clock::now();
    EXPECT_EQ(waiter_.pause(10s, before + 20ms), Waiter::Outcome::ready);
    EXPECT_LT(Clock::now(), before + 5s);
    EXPECT_EQ(waiter_.pause(10s, before), Waiter::Outcome::timed_out);
}

}  // namespace
}  // namespace aludel
