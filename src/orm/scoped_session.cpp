#include <aludel/orm/session_maker.hpp>

#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace aludel {

SessionMaker::SessionMaker(Engine engine, SessionOptions options)
    : engine_(std::move(engine)), options_(std::move(options)) {}
Session SessionMaker::operator()(std::source_location where) const { return Session(engine_, options_, where); }

namespace detail {

/// The sessions of a ScopedSession, by thread.
class ThreadSessions : public std::enable_shared_from_this<ThreadSessions> {
  public:
    explicit ThreadSessions(SessionMaker maker) : maker_(std::move(maker)) {}

    Session& of_this_thread();
    bool has() const noexcept {
        const std::lock_guard lock(mutex_);
        return sessions_.contains(std::this_thread::get_id());
    }
    void remove() noexcept {
        std::unique_ptr<Session> ended;  // closed after the lock is released: closing talks to the database
        const std::lock_guard lock(mutex_);
        if (const auto found = sessions_.find(std::this_thread::get_id()); found != sessions_.end()) {
            ended = std::move(found->second);
            sessions_.erase(found);
        }
    }

  private:
    SessionMaker maker_;
    mutable std::mutex mutex_;
    std::unordered_map<std::thread::id, std::unique_ptr<Session>> sessions_;
};

namespace {

/// Ends a thread's sessions when the thread ends.
struct AtThreadExit {
    ~AtThreadExit() {
        for (const auto& each : used) {
            if (const auto sessions = each.lock()) {
                sessions->remove();
            }
        }
    }
    std::vector<std::weak_ptr<ThreadSessions>> used;
};

thread_local AtThreadExit at_thread_exit;

}  // namespace

Session& ThreadSessions::of_this_thread() {
    const std::lock_guard lock(mutex_);
    auto& session = sessions_[std::this_thread::get_id()];
    if (!session) {
        session = std::make_unique<Session>(maker_());
        std::erase_if(at_thread_exit.used, [](const auto& each) { return each.expired(); });
        at_thread_exit.used.push_back(weak_from_this());
    }
    return *session;
}

}  // namespace detail

ScopedSession::ScopedSession(SessionMaker maker)
    : sessions_(std::make_shared<detail::ThreadSessions>(std::move(maker))) {}

ScopedSession::~ScopedSession() = default;

Session& ScopedSession::operator()() const { return sessions_->of_this_thread(); }

bool ScopedSession::has() const noexcept { return sessions_->has(); }

void ScopedSession::remove() const { sessions_->remove(); }

}  // namespace aludel
