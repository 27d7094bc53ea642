#include "aludel/base/ref.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <utility>
#include <vector>

namespace aludel {
namespace {

struct Counted : RefCounted {
    explicit Counted(int* counter, int number = 0) : alive(counter), value(number) { ++*alive; }
    Counted(const Counted& other) : RefCounted(other), alive(other.alive), value(other.value) { ++*alive; }
    ~Counted() override { --*alive; }
    int* alive;
    int value;
};

struct Derived : Counted {
    using Counted::Counted;
};

inline constexpr Ref<Counted> constant_null;

TEST(RefTest, ref_null_is_a_constant) {
    static_assert(constant_null.get() == nullptr);
    static_assert(!constant_null);
    EXPECT_TRUE(constant_null == nullptr);
}

TEST(RefTest, ref_last_owner_gone_deletes_object) {
    int alive = 0;
    {
        const Ref<Counted> first = make_ref<Counted>(&alive, 7);
        const Ref<Counted> second = first;
        EXPECT_EQ(alive, 1);
        EXPECT_EQ(second->value, 7);
        EXPECT_EQ((*second).value, 7);
        EXPECT_TRUE(first == second);
        EXPECT_FALSE(first->unique());
    }
    EXPECT_EQ(alive, 0);
}

TEST(RefTest, ref_move_leaves_source_null) {
    int alive = 0;
    Ref<Counted> first = make_ref<Counted>(&alive);
    const Ref<Counted> second = std::move(first);
    EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move): that it is null is the point
    EXPECT_TRUE(second->unique());
}

TEST(RefTest, ref_assignment_releases_old_object) {
    int alive = 0;
    Ref<Counted> ref = make_ref<Counted>(&alive, 1);
    ref = make_ref<Counted>(&alive, 2);
    EXPECT_EQ(alive, 1);
    const Ref<Counted>& same = ref;
    ref = same;
    EXPECT_EQ(ref->value, 2);
    ref.reset();
    EXPECT_EQ(alive, 0);
}

TEST(RefTest, ref_of_derived_converts_to_base_and_const) {
    int alive = 0;
    {
        Ref<Derived> derived = make_ref<Derived>(&alive, 3);
        const Ref<const Counted> shared = derived;
        const Ref<Counted> moved = std::move(derived);
        EXPECT_EQ(shared->value, 3);
        EXPECT_TRUE(moved == shared);
    }
    EXPECT_EQ(alive, 0);
}

TEST(RefTest, ref_counted_copy_starts_without_owners) {
    int alive = 0;
    const Ref<Counted> first = make_ref<Counted>(&alive, 5);
    const Ref<Counted> again = first;
    const Ref<Counted> copy = make_ref<Counted>(*first);
    EXPECT_TRUE(copy->unique());
    EXPECT_EQ(alive, 2);
}

TEST(RefTest, ref_detach_hands_over_ownership) {
    int alive = 0;
    Ref<Counted> ref = make_ref<Counted>(&alive);
    Counted* object = ref.detach();
    EXPECT_FALSE(ref);
    EXPECT_EQ(alive, 1);
    object->release();
    EXPECT_EQ(alive, 0);
}

TEST(RefTest, ref_copied_by_many_threads_counts_right) {
    int alive = 0;
    {
        const Ref<Counted> shared = make_ref<Counted>(&alive);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&shared] {
                for (int i = 0; i < 10'000; ++i) {
                    const Ref<Counted> copy = shared;
                    ASSERT_TRUE(copy);
                }
            });
        for (std::thread& thread : threads) thread.join();
        EXPECT_TRUE(shared->unique());
    }
    EXPECT_EQ(alive, 0);
}

TEST(SharedCount, counts_alone_and_among_threads) {
    detail::SharedCount count(1);
    EXPECT_EQ(count.increment(), 1u);
    EXPECT_EQ(count.increment(3), 2u);
    EXPECT_EQ(count.decrement(4), 5u);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int i = 0; i < 10'000; ++i) count.increment();
            for (int i = 0; i < 10'000; ++i) count.decrement();
        });
    }
    EXPECT_FALSE(detail::is_single_threaded());
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(count.value(), 1u);
}

}  // namespace
}  // namespace aludel
