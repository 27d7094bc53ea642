// The frame of the fuzzer: runs with seeds that can be replayed, and what holds after every step.
#pragma once

#include "injection/canary.hpp"
#include "injection/hostile.hpp"
#include "support/databases.hpp"

#include <aludel/engine/engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace aludel::test {

/// What a step found wrong.
struct Wrong {
    std::string what;
};

/// The step goes on only if it is so.
void require(bool holds, const std::string& what);
/// The same for two texts.
void require_same(const std::string& found, const std::string& sent, const char* where);

/// One run: a fresh database with a canary in it, and steps that send something to it.
class InjectionRun {
  public:
    InjectionRun(std::uint64_t seed, Backend backend);

    Hostile& hostile() { return hostile_; }
    Engine& engine() { return engine_; }
    Backend backend() const { return backend_; }
    Canary& canary() { return canary_; }

    /// Sends something. It either works, byte by byte, or it is an error; where `must_work`, it works. In any case the
    /// connections are good and the canary is well afterwards.
    /// @throws Wrong that names the step and what was sent.
    void step(const char* name, const std::string& sent, bool must_work, const std::function<void()>& work);

  private:
    Backend backend_;
    Hostile hostile_;
    std::unique_ptr<Database> database_;
    Engine engine_;
    Canary canary_;
};

/// A suite of the fuzzer, on every database.
class InjectionTest : public ::testing::TestWithParam<Backend> {
  protected:
    void SetUp() override {
        if (const std::string why = why_unavailable(GetParam()); !why.empty()) GTEST_SKIP() << why;
    }
    /// Runs with the seeds from 1 on for a while; with new ones as long as ALUDEL_INJECTION_SECONDS says; or once with
    /// the seed of ALUDEL_SEED.
    static void run_for_a_while(const std::function<void(InjectionRun&)>& run);
};

}  // namespace aludel::test
