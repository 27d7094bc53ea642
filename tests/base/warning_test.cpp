#include "support/warnings.hpp"

#include <aludel/base/warning.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace aludel::test {

TEST(Warning, handler_receives_the_text_each_time) {
    Warnings warnings;
    detail::warn("a");
    detail::warn("a");
    EXPECT_EQ(warnings.take(), (std::vector<std::string>{"a", "a"}));
}

TEST(Warning, handler_before_is_given_back) {
    std::string outer, inner;
    WarningHandler none = set_warning_handler([&](std::string_view text) { outer = text; });
    EXPECT_FALSE(none);
    WarningHandler first = set_warning_handler([&](std::string_view text) { inner = text; });
    detail::warn("a");
    set_warning_handler(std::move(first));
    detail::warn("b");
    set_warning_handler({});
    EXPECT_EQ(inner, "a");
    EXPECT_EQ(outer, "b");
}

TEST(Warning, default_prints_each_text_once) {
    testing::internal::CaptureStderr();
    detail::warn("once");
    detail::warn("once");
    detail::warn("another");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "aludel: warning: once\naludel: warning: another\n");
}

TEST(Warning, handler_that_throws_makes_an_error_of_it) {
    const WarningHandler before =
        set_warning_handler([](std::string_view text) { throw std::runtime_error(std::string(text)); });
    EXPECT_THROW(detail::warn("a"), std::runtime_error);
    set_warning_handler(before);
}

TEST(Warning, handler_may_warn_and_set_another_handler) {
    std::vector<std::string> texts;
    set_warning_handler([&](std::string_view text) {
        texts.emplace_back(text);
        set_warning_handler([&](std::string_view other) { texts.push_back("second " + std::string(other)); });
        detail::warn("b");
    });
    detail::warn("a");
    set_warning_handler({});
    EXPECT_EQ(texts, (std::vector<std::string>{"a", "second b"}));
}

TEST(Warning, threads_may_warn_while_another_changes_the_handler) {
    std::atomic<int> seen{0};
    const auto count = [&](std::string_view) { ++seen; };
    set_warning_handler(count);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 500; ++j) detail::warn("a");
        });
    }
    for (int j = 0; j < 500; ++j) set_warning_handler(count);
    for (auto& thread : threads) thread.join();
    set_warning_handler({});
    EXPECT_EQ(seen, 2000);
}

}  // namespace aludel::test
