#include <aludel/orm/retry.hpp>
#include <aludel/orm/session.hpp>

#include "orm/change_log.hpp"

#include <ostream>
#include <utility>

namespace aludel {

Session::Session(const Engine& engine, SessionOptions options, std::source_location where)
    : core_(std::make_shared<SessionCore>(engine, std::move(options))) {
    core_->set_place(where);
}

Session::Session(Connection& connection, SessionOptions options)
    : core_(std::make_shared<SessionCore>(connection, std::move(options))) {}

void Session::close() noexcept {
    if (core_) core_->close();
}

ObjectSet Session::new_() const { return ObjectSet(live().pending_objects()); }

ObjectSet Session::dirty() const { return ObjectSet(live().dirty_objects()); }

ObjectSet Session::deleted() const { return ObjectSet(live().deleted_objects()); }

Session& Session::operator=(Session&& other) noexcept {
    if (this != &other) {
        if (!is_view_) close();
        core_ = std::move(other.core_);
        is_view_ = other.is_view_;
    }
    return *this;
}

SessionTransaction Session::begin_nested() {
    const std::uint64_t number = live().begin_nested();
    return {core_, number};
}

SessionTransaction::~SessionTransaction() {
    if (session_ != nullptr && session_->nested_is_active(number_)) {
        try {
            session_->rollback_nested(number_);
        } catch (const Error&) {
            // A destructor cannot report that the connection is lost; the next use of the session does.
        }
    }
}

void SessionTransaction::commit() {
    if (session_ == nullptr) {
        detail::throw_moved_from();
    }
    session_->commit_nested(number_);
}

void SessionTransaction::rollback() {
    if (session_ != nullptr) {
        session_->rollback_nested(number_);
    }
}

bool SessionTransaction::is_active() const noexcept {
    return session_ != nullptr && session_->nested_is_active(number_);
}

RollBackUnlessCommitted::~RollBackUnlessCommitted() {
    if (!is_done_) detail::roll_back_quietly(session_);
}

void RollBackUnlessCommitted::commit() {
    session_.commit();
    is_done_ = true;
}

namespace detail {

void roll_back_quietly(SessionCore& session) noexcept {
    while (session.in_transaction()) {
        try {
            session.rollback();
        } catch (const Error&) {
            // What came before is what the caller has to know; a connection that cannot roll back is thrown away.
        }
    }
}

void throw_moved_from() { throw InvalidRequestError("This Session was moved from; use the one that it was moved to"); }

std::ostream& print_unprintable(std::ostream& out, const ObjectHeader* header) {
    if (header == nullptr) {
        return out << "None";
    }
    out << '<' << header->mapper->class_name();
    for (const Attribute* attribute : header->mapper->primary_key()) {
        out << ' ' << attribute->name() << '=' << committed_value(*header, *attribute).repr();
    }
    return out << '>';
}

}  // namespace detail
}  // namespace aludel
