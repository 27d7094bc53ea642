#include "orm/listeners.hpp"

#include <aludel/orm/session.hpp>

#include <algorithm>
#include <utility>

namespace aludel::detail {

namespace {

/// While it lives, nothing is swept.
class Listening {
  public:
    explicit Listening(SessionState& session) noexcept : session_(session) { ++session_.listening; }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening() { --session_.listening; }

  private:
    SessionState& session_;
};

std::size_t index_of(SessionEvent event) noexcept { return static_cast<std::size_t>(event); }
std::size_t index_of(ObjectEvent event) noexcept { return static_cast<std::size_t>(event); }

/// The listeners for an event of a class: those of the session's options, then its own.
std::vector<Listeners::OfObject> listeners_of(const SessionState& session, ObjectEvent event, const Mapper& mapper) {
    std::vector<Listeners::OfObject> all;
    for (const auto& listeners : session.listeners) {
        const auto& by_class = listeners->object[index_of(event)];
        if (const auto found = by_class.find(&mapper); found != by_class.end()) {
            all.insert(all.end(), found->second.begin(), found->second.end());
        }
    }
    return all;
}

}  // namespace

EventRegistry::EventRegistry() : listeners_(std::make_shared<Listeners>()) {}

void EventRegistry::listen(SessionEvent event, std::function<void(Session&)> listener) {
    listeners_->session[index_of(event)].push_back(std::move(listener));
}

void EventRegistry::listen(ObjectEvent event, const Mapper& mapper,
                           std::function<void(ObjectHeader&, Session&)> listener) {
    listeners_->object[index_of(event)][&mapper].push_back(std::move(listener));
}

// Both copy the lists first: a listener may add others.

void fire(SessionState& session, SessionEvent event) {
    std::vector<Listeners::OfSession> called;
    for (const auto& listeners : session.listeners) {
        const auto& some = listeners->session[index_of(event)];
        called.insert(called.end(), some.begin(), some.end());
    }
    if (called.empty()) {
        return;
    }
    Session view = Session::view_of(session.core);
    for (const auto& listener : called) {
        listener(view);
    }
}

void fire(SessionState& session, ObjectEvent event, ObjectHeader& header) {
    if (!has_listeners(session, event, *header.mapper)) {
        return;
    }
    const Hold keep(header);
    const Listening listening(session);
    Session view = Session::view_of(session.core);
    for (const auto& listener : listeners_of(session, event, *header.mapper)) {
        listener(header, view);
    }
}

bool has_listeners(const SessionState& session, ObjectEvent event, const Mapper& mapper) noexcept {
    return std::any_of(session.listeners.begin(), session.listeners.end(), [&](const auto& listeners) {
        const auto& some = listeners->object[index_of(event)];
        return !some.empty() && some.contains(&mapper);
    });
}

}  // namespace aludel::detail
