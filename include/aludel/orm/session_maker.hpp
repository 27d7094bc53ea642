// Making sessions: a factory, and one session per thread.
#pragma once

#include <aludel/orm/session.hpp>

#include <memory>
#include <utility>

namespace aludel {

/// A factory of sessions that share an engine and options. Used by any thread.
class SessionMaker {
  public:
    explicit SessionMaker(Engine engine, SessionOptions options = {});

    /// A new session.
    [[nodiscard]] Session operator()(std::source_location where = std::source_location::current()) const;
    [[nodiscard]] const SessionOptions& options() const noexcept { return options_; }
    [[nodiscard]] const Engine& engine() const noexcept { return engine_; }

  private:
    Engine engine_;
    SessionOptions options_;
};

namespace detail {
class ThreadSessions;
}  // namespace detail

/// One session per thread, made when the thread first asks (SQLAlchemy's `scoped_session`): `db->query<User>()`.
///
/// Shared by all threads; what it gives belongs to the calling thread. A thread's session lives until the thread calls
/// `remove()`, the thread ends, or this object dies, whichever comes first.
class ScopedSession {
  public:
    explicit ScopedSession(SessionMaker maker);
    ScopedSession(const ScopedSession&) = delete;
    ScopedSession& operator=(const ScopedSession&) = delete;
    ~ScopedSession();

    /// The calling thread's session.
    [[nodiscard]] Session& operator()() const;
    Session* operator->() const { return &(*this)(); }
    /// Whether the calling thread has one.
    [[nodiscard]] bool has() const noexcept;
    /// Closes the calling thread's session; the next use makes a new one.
    void remove() const;

  private:
    std::shared_ptr<detail::ThreadSessions> sessions_;
};

}  // namespace aludel
