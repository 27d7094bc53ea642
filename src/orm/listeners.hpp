// The listeners of sessions, and how they are called.
#pragma once

#include "orm/session_state.hpp"

#include <aludel/orm/events.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <functional>
#include <vector>

namespace aludel::detail {

struct Listeners {
    using OfSession = std::function<void(Session&)>;
    using OfObject = std::function<void(ObjectHeader&, Session&)>;

    std::array<std::vector<OfSession>, 7> session;
    std::array<boost::unordered_flat_map<const Mapper*, std::vector<OfObject>>, 9> object;
};

/// Calls those that listen; costs a look where nobody does.
void fire(SessionState& session, SessionEvent event);
void fire(SessionState& session, ObjectEvent event, ObjectHeader& header);
/// Whether anybody listens to this event of this class.
bool has_listeners(const SessionState& session, ObjectEvent event, const Mapper& mapper) noexcept;

}  // namespace aludel::detail
