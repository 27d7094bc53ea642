// What a session tells a program while it works.
#pragma once

#include <aludel/orm/detail/object_header.hpp>
#include <aludel/orm/mapping.hpp>
#include <aludel/orm/ptr.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace aludel {

class Session;

/// The moments of a session. Source: SQLAlchemy's `SessionEvents`.
enum class SessionEvent : std::uint8_t {
    before_commit,        ///< before the flush of a commit of the whole transaction
    after_commit,         ///< after COMMIT; the session has no transaction then
    after_rollback,       ///< after ROLLBACK of the whole transaction
    after_begin,          ///< a connection was taken, and a transaction begins on it
    before_flush,         ///< something is to be written; more may be added or changed
    after_flush,          ///< everything is written; `new_`, `dirty` and `deleted` still say what
    after_flush_postexec  ///< the objects have their new states
};

/// The moments of an object. Source: SQLAlchemy's `MapperEvents` and `InstanceEvents`.
enum class ObjectEvent : std::uint8_t {
    before_insert,  ///< in a flush; attributes may be changed, relationships and other objects may not
    after_insert,
    before_update,  ///< the object has changes, which need not be changes of columns
    after_update,
    before_delete,
    after_delete,
    load,     ///< the object was made from a row
    refresh,  ///< expired attributes were read anew
    expire    ///< attributes are to be read anew
};

namespace detail {

struct Listeners;

class EventRegistry {
  public:
    EventRegistry();
    explicit EventRegistry(std::shared_ptr<Listeners> listeners) noexcept : listeners_(std::move(listeners)) {}
    void listen(SessionEvent event, std::function<void(Session&)> listener);
    void listen(ObjectEvent event, const Mapper& mapper, std::function<void(ObjectHeader&, Session&)> listener);
    [[nodiscard]] const std::shared_ptr<Listeners>& listeners() const noexcept { return listeners_; }

  private:
    std::shared_ptr<Listeners> listeners_;
};

}  // namespace detail

/// Listeners for the events of sessions: give it to sessions in `SessionOptions::events`, or listen on one session with
/// `session.events()`.
///
/// A handle: copies share the listeners. Listeners run in the order in which they were added, on the session's thread;
/// what they throw comes out of the operation that they were called in, and out of a flush as its failure. Listen
/// before sessions of other threads use it.
class SessionEvents {
  public:
    SessionEvents() = default;
    /// For the library's own use.
    explicit SessionEvents(std::shared_ptr<detail::Listeners> listeners) noexcept : registry_(std::move(listeners)) {}

    /// `events.listen(SessionEvent::before_flush, [](Session& session) { … })`.
    void listen(SessionEvent event, std::function<void(Session&)> listener) {
        registry_.listen(event, std::move(listener));
    }
    /// `events.listen<User>(ObjectEvent::before_insert, [](const Ptr<User>& user, Session& session) { … })`.
    template <class T, class Listener>
        requires std::invocable<Listener&, const Ptr<T>&, Session&>
    void listen(ObjectEvent event, Listener listener) {
        registry_.listen(event, mapper<T>(),
                         [listener = std::move(listener)](detail::ObjectHeader& header, Session& session) mutable {
                             listener(Ptr<T>(&header), session);
                         });
    }
    /// The same for listeners that need the object only.
    template <class T, class Listener>
        requires(std::invocable<Listener&, const Ptr<T>&> && !std::invocable<Listener&, const Ptr<T>&, Session&>)
    void listen(ObjectEvent event, Listener listener) {
        listen<T>(event,
                  [listener = std::move(listener)](const Ptr<T>& object, Session&) mutable { listener(object); });
    }
    /// For the library's own use.
    [[nodiscard]] const std::shared_ptr<detail::Listeners>& listeners() const noexcept { return registry_.listeners(); }

  private:
    detail::EventRegistry registry_;
};

}  // namespace aludel
