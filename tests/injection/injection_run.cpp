#include "injection/injection_run.hpp"

#include <aludel/base/error.hpp>
#include <aludel/engine/pool.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

namespace aludel::test {

void require(bool holds, const std::string& what) {
    if (!holds) throw Wrong{what};
}

void require_same(const std::string& found, const std::string& sent, const char* where) {
    require(found == sent, std::string{"comes back from "} + where + " as " + printed(found));
}

InjectionRun::InjectionRun(std::uint64_t seed, Backend backend)
    : backend_(backend),
      hostile_(seed),
      database_(std::make_unique<Database>(backend)),
      engine_(create_engine(database_->url())),
      canary_(engine_, backend) {}

void InjectionRun::step(const char* name, const std::string& sent, bool must_work, const std::function<void()>& work) {
    const auto wrong = [&](const std::string& what) {
        return Wrong{std::string{name} + " of\n  " + printed(sent) + "\n" + what};
    };
    try {
        work();
    } catch (const Wrong& found) {
        throw wrong(found.what);
    } catch (const DBAPIError& error) {
        if (must_work || error.connection_invalidated()) throw wrong(error.what());
    } catch (const Error& error) {
        if (must_work) throw wrong(error.what());
    }
    if (const std::string difference = canary_.difference(); !difference.empty())
        throw wrong("the canary is not what it was: " + difference);
    if (engine_.pool().checked_out != 0) throw wrong("a connection did not come back");
}

namespace {

void run_seed(std::uint64_t seed, Backend backend, const std::function<void(InjectionRun&)>& run) {
    try {
        InjectionRun fresh(seed, backend);
        run(fresh);
    } catch (const Wrong& wrong) {
        FAIL() << "seed " << seed << " failed; replay it with ALUDEL_SEED=" << seed << "\n" << wrong.what;
    } catch (const std::exception& error) {
        FAIL() << "seed " << seed << " failed; replay it with ALUDEL_SEED=" << seed << "\n" << error.what();
    }
}

}  // namespace

void InjectionTest::run_for_a_while(const std::function<void(InjectionRun&)>& run) {
    if (const char* seed = std::getenv("ALUDEL_SEED")) {
        run_seed(std::strtoull(seed, nullptr, 10), GetParam(), run);
        return;
    }
    constexpr int runs_by_default = 2;
    const char* seconds = std::getenv("ALUDEL_INJECTION_SECONDS");
    const auto end =
        std::chrono::steady_clock::now() + std::chrono::seconds(seconds != nullptr ? std::atoi(seconds) : 0);
    std::uint64_t seed = seconds != nullptr ? std::random_device{}() : 1;
    std::cout << "first seed: " << seed << '\n';
    int runs = 0;
    const auto goes_on = [&] {
        return seconds != nullptr ? std::chrono::steady_clock::now() < end : runs < runs_by_default;
    };
    do {
        run_seed(seed++, GetParam(), run);
        ++runs;
    } while (!HasFatalFailure() && goes_on());
    std::cout << runs << " runs\n";
}

}  // namespace aludel::test
