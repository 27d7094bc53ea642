#include <aludel/engine/retry.hpp>

#include <algorithm>
#include <random>

namespace aludel::detail {

namespace {

// A random part of it, at least half.
std::chrono::milliseconds with_jitter(std::chrono::milliseconds delay) {
    static thread_local std::minstd_rand random{std::random_device{}()};
    const auto whole = delay.count();
    return std::chrono::milliseconds{std::uniform_int_distribution<long long>{whole / 2, whole}(random)};
}

}  // namespace

RetryLoop::RetryLoop(const Engine& engine, const RetryOptions& options)
    : waiter_(engine.options().waiter ? engine.options().waiter : std::make_shared<Waiter>()),
      options_(options),
      delay_(options.first_delay) {
    if (options.attempts < 1) throw ArgumentError("RetryOptions::attempts must be at least 1.");
    if (options.first_delay.count() < 0 || options.max_delay < options.first_delay)
        throw ArgumentError("RetryOptions: 0 <= first_delay <= max_delay is needed.");
}

bool RetryLoop::goes_on_after(const DBAPIError& error) {
    const bool may_retry = error.retryable() || (options_.reconnect && error.connection_invalidated());
    if (!may_retry || error.outcome_in_doubt() || ++attempt_ >= options_.attempts) return false;
    const auto delay = with_jitter(delay_);
    if (options_.on_retry) options_.on_retry({error, attempt_, delay});
    delay_ = std::min(delay_ * 2, options_.max_delay);
    if (delay.count() == 0) return true;
    const auto deadline = Waiter::Clock::now() + delay + std::chrono::hours{1};
    return waiter_->pause(delay, deadline) != Waiter::Outcome::cancelled;
}

void throw_in_transaction() {
    throw InvalidRequestError(
        "run_transaction() begins the transaction itself, so that it can begin it again; call commit() or rollback() "
        "first, and do all of the work inside of the function.");
}

}  // namespace aludel::detail
