// Scopes of a session: savepoints, and blocks without autoflush.
#pragma once

#include <aludel/orm/session_core.hpp>

#include <cstdint>
#include <memory>
#include <utility>

namespace aludel {

/// A savepoint of a session as a scope: what is not committed when it ends is rolled back. One that outlives its
/// session has ended.
class SessionTransaction {
  public:
    SessionTransaction(std::shared_ptr<SessionCore> session, std::uint64_t number) noexcept
        : session_(std::move(session)), number_(number) {}
    SessionTransaction(SessionTransaction&&) noexcept = default;
    SessionTransaction& operator=(SessionTransaction&&) = delete;
    ~SessionTransaction();

    /// Flush and RELEASE SAVEPOINT. @throws InvalidRequestError if it has ended.
    void commit();
    /// ROLLBACK TO SAVEPOINT; objects that were changed inside are expired. Does nothing if it has ended.
    void rollback();
    /// Whether it is still open.
    [[nodiscard]] bool is_active() const noexcept;

  private:
    std::shared_ptr<SessionCore> session_;
    std::uint64_t number_;
};

/// The transaction of a session as a scope: rolled back where `commit` was not reached.
class RollBackUnlessCommitted {
  public:
    explicit RollBackUnlessCommitted(SessionCore& session) noexcept : session_(session) {}
    RollBackUnlessCommitted(const RollBackUnlessCommitted&) = delete;
    RollBackUnlessCommitted& operator=(const RollBackUnlessCommitted&) = delete;
    ~RollBackUnlessCommitted();
    void commit();

  private:
    SessionCore& session_;
    bool is_done_ = false;
};

/// While it lives, the session's queries do not flush.
class NoAutoflush {
  public:
    explicit NoAutoflush(std::shared_ptr<SessionCore> session) noexcept
        : session_(std::move(session)), before_(session_->set_autoflush(false)) {}
    NoAutoflush(const NoAutoflush&) = delete;
    NoAutoflush& operator=(const NoAutoflush&) = delete;
    ~NoAutoflush() { session_->set_autoflush(before_); }

  private:
    std::shared_ptr<SessionCore> session_;
    bool before_;
};

}  // namespace aludel
