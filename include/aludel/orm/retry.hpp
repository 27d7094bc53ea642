// Transactions of sessions that are run again where they lose against others.
#pragma once

#include <aludel/engine/retry.hpp>
#include <aludel/orm/session.hpp>

#include <functional>
#include <type_traits>
#include <utility>

namespace aludel {

namespace detail {
/// Everything of the session's transaction is undone, whatever state it is in.
void roll_back_quietly(SessionCore& session) noexcept;
}  // namespace detail

/// Runs `work(session)` in a transaction and commits; gives what it gives. Serialization failures and deadlocks roll
/// the session back, all of its objects are expired, and the work is run again, after a wait that grows. The work loads
/// and makes its objects itself: those that it made in a failed attempt are transient again.
///
/// See `run_transaction(Connection&, …)` for the rest.
template <class Work>
    requires std::is_invocable_v<Work&, Session&>
auto run_transaction(Session& session, Work&& work, const RetryOptions& options = {}) {
    if (session.in_transaction()) detail::throw_in_transaction();
    const auto attempt = [&] {
        if constexpr (std::is_void_v<std::invoke_result_t<Work&, Session&>>) {
            std::invoke(work, session);
            session.commit();
        } else {
            auto result = std::invoke(work, session);
            session.commit();
            return result;
        }
    };
    return detail::run_with_retries(detail::RetryLoop(session.engine(), options), attempt,
                                    [&] { detail::roll_back_quietly(session.core()); });
}

}  // namespace aludel
