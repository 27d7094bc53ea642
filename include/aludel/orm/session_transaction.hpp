// Scopes of a session: savepoints, and blocks without autoflush.
#pragma once

#include <aludel/orm/session_core.hpp>

#include <cstdint>
#include <utility>

namespace aludel {

/// A savepoint of a session as a scope: what is not committed when it ends is rolled back. Must not outlive its
/// session.
class SessionTransaction {
  public:
    SessionTransaction(SessionCore& session, std::uint64_t number) noexcept : session_(&session), number_(number) {}
    SessionTransaction(SessionTransaction&& other) noexcept
        : session_(std::exchange(other.session_, nullptr)), number_(other.number_) {}
    SessionTransaction& operator=(SessionTransaction&&) = delete;
    ~SessionTransaction();

    /// Flush and RELEASE SAVEPOINT. @throws InvalidRequestError if it has ended.
    void commit();
    /// ROLLBACK TO SAVEPOINT; objects that were changed inside are expired. Does nothing if it has ended.
    void rollback();
    [[nodiscard]] bool is_active() const noexcept;

  private:
    SessionCore* session_;
    std::uint64_t number_;
};

/// While it lives, the session's queries do not flush.
class NoAutoflush {
  public:
    explicit NoAutoflush(SessionCore& session) noexcept : session_(&session), before_(session.set_autoflush(false)) {}
    NoAutoflush(const NoAutoflush&) = delete;
    NoAutoflush& operator=(const NoAutoflush&) = delete;
    ~NoAutoflush() { session_->set_autoflush(before_); }

  private:
    SessionCore* session_;
    bool before_;
};

}  // namespace aludel
