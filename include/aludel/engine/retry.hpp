#pragma once

#include <aludel/base/error.hpp>
#include <aludel/engine/engine.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace aludel {

/// What is about to be run again, for `RetryOptions::on_retry`.
struct RetryNotice {
    const DBAPIError& error;          ///< why the attempt failed
    int attempt;                      ///< which one it was, counted from 1
    std::chrono::milliseconds delay;  ///< how long it is until the next
};

/// How `run_transaction` repeats what failed.
struct RetryOptions {
    /// How often the work is run, at most. The error of the last attempt comes out.
    int attempts = 10;
    /// The wait after the first failure; doubled after each further one, up to `max_delay`. What is waited is a random
    /// time between half of that and the whole, so that two that were in each other's way do not meet again.
    std::chrono::milliseconds first_delay{10};
    std::chrono::milliseconds max_delay = std::chrono::seconds{2};
    /// Also run again when the connection broke before the COMMIT was sent, or could not be opened: for clusters whose
    /// nodes come and go. Never after a COMMIT whose outcome is in doubt.
    bool reconnect = false;
    /// Called before each wait; what it throws ends the whole.
    std::function<void(const RetryNotice&)> on_retry = {};
};

namespace detail {

/// Counts the attempts of one `run_transaction` and waits between them.
class RetryLoop {
  public:
    RetryLoop(const Engine& engine, const RetryOptions& options);

    /// An attempt has failed, and was rolled back. True after a wait, if there is another one; false if the error has
    /// to come out.
    bool goes_on_after(const DBAPIError& error);

  private:
    std::shared_ptr<Waiter> waiter_;
    const RetryOptions& options_;
    std::chrono::milliseconds delay_;
    int attempt_ = 0;
};

/// Runs `attempt()`, which commits, until it succeeds; `roll_back()` after each failure.
template <class Attempt, class RollBack>
auto run_with_retries(RetryLoop loop, Attempt attempt, RollBack roll_back) -> std::invoke_result_t<Attempt> {
    for (;;) {
        try {
            return attempt();
        } catch (const DBAPIError& error) {
            roll_back();
            if (!loop.goes_on_after(error)) throw;
        } catch (...) {
            roll_back();
            throw;
        }
    }
}

[[noreturn]] void throw_in_transaction();

}  // namespace detail

/// Runs `work(connection)` in a transaction and commits; gives what it gives. Where the database gives the transaction
/// up because of others that run beside it (serialization failures, deadlocks: `DBAPIError::retryable`), it is rolled
/// back and the work run again, after a wait that grows. So it must be work that can be repeated: all that it does
/// outside of the database happens once for each attempt.
///
/// A COMMIT whose outcome is in doubt is never repeated: the error comes out.
/// @throws what the work throws, after a rollback; the error of the last attempt; InvalidRequestError when a
/// transaction has begun already.
template <class Work>
    requires std::is_invocable_v<Work&, Connection&>
auto run_transaction(Connection& connection, Work&& work, const RetryOptions& options = {}) {
    if (connection.in_transaction()) detail::throw_in_transaction();
    const auto attempt = [&] {
        if constexpr (std::is_void_v<std::invoke_result_t<Work&, Connection&>>) {
            std::invoke(work, connection);
            connection.commit();
        } else {
            auto result = std::invoke(work, connection);
            connection.commit();
            return result;
        }
    };
    const auto roll_back = [&] {
        try {
            connection.rollback();
        } catch (const Error&) {
            // The connection is thrown away where it cannot roll back; the error that came before says more.
        }
    };
    return detail::run_with_retries(detail::RetryLoop(connection.engine(), options), attempt, roll_back);
}

/// The same on a connection of its own.
template <class Work>
    requires std::is_invocable_v<Work&, Connection&>
auto run_transaction(const Engine& engine, Work&& work, const RetryOptions& options = {}) {
    const auto attempt = [&] {
        return engine.begin([&](Connection& connection) { return std::invoke(work, connection); });
    };
    return detail::run_with_retries(detail::RetryLoop(engine, options), attempt, [] {});
}

}  // namespace aludel
