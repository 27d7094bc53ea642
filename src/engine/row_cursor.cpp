#include <aludel/base/error.hpp>
#include <aludel/engine/cursor.hpp>
#include <aludel/engine/row_cursor.hpp>
#include <aludel/sql/compile/bind_values.hpp>

#include "engine/connection_core.hpp"
#include "engine/parameters_text.hpp"

#include <fmt/format.h>

#include <utility>

namespace aludel {

// Moves everything but the place in the owner's list, which `take` gives to the new object.
void RowCursor::take(RowCursor& other) noexcept {
    cursor_ = std::move(other.cursor_);
    compiled_ = std::move(other.compiled_);
    bound_ = std::move(other.bound_);
    row_ = std::exchange(other.row_, {});
    column_count_ = other.column_count_;
    rows_affected_ = other.rows_affected_;
    last_insert_id_ = other.last_insert_id_;
    state_ = std::exchange(other.state_, State::closed);
    if (detail::ConnectionCore* owner = other.owner_) {
        other.unlink();
        link(*owner);
    }
}

RowCursor::RowCursor() noexcept = default;

RowCursor::RowCursor(RowCursor&& other) noexcept { take(other); }

RowCursor& RowCursor::operator=(RowCursor&& other) noexcept {
    if (this != &other) {
        close();
        take(other);
    }
    return *this;
}

RowCursor::~RowCursor() { close(); }

void RowCursor::link(detail::ConnectionCore& owner) noexcept {
    owner_ = &owner;
    previous_ = nullptr;
    following_ = owner.cursors_;
    if (following_) following_->previous_ = this;
    owner.cursors_ = this;
}

void RowCursor::unlink() noexcept {
    if (!owner_) return;
    (previous_ ? previous_->following_ : owner_->cursors_) = following_;
    if (following_) following_->previous_ = previous_;
    owner_ = nullptr;
}

std::string_view RowCursor::sql() const noexcept {
    return !compiled_ ? std::string_view{bound_->expanded} : bound_ ? bound_->text(*compiled_) : compiled_->text;
}

void RowCursor::finish(State state) noexcept {
    row_ = {};
    if (cursor_) {
        if (owner_->is_foreign()) {
            // The parent of this process reads it; it cannot be closed here.
            // NOLINTNEXTLINE(bugprone-unused-return-value): let go of on purpose
            static_cast<void>(cursor_.release());
        } else {
            auto guard = owner_->lock();
            cursor_.reset();
            owner_->reclaim(std::move(bound_));
        }
    }
    unlink();
    if (state_ != State::without_rows) state_ = state;
}

bool RowCursor::is_open() const noexcept { return cursor_ != nullptr; }

std::size_t RowCursor::row_count() const noexcept { return cursor_ ? cursor_->row_count() : 0; }

bool RowCursor::next() {
    if (!cursor_) [[unlikely]] {
        if (state_ == State::exhausted) return false;
        fail_closed();
    }
    try {
        if (cursor_->next()) {
            row_ = cursor_->row();
            return true;
        }
    } catch (const driver::Failure& failure) {
        detail::ConnectionCore& owner = *owner_;
        const std::string sent{sql()};
        std::string parameters = detail::parameters_text(bound_->values);
        finish(State::closed);
        owner.fail(failure, sent, std::move(parameters));
    }
    finish(State::exhausted);
    return false;
}

std::string_view RowCursor::column_name(std::size_t index) const {
    if (!cursor_) fail_closed();
    return cursor_->column_name(index);
}

void RowCursor::annotate(StatementError& error) const {
    if (!owner_) return;
    error.set_statement(owner_->context(sql(), detail::parameters_text(bound_->values)));
}

void RowCursor::fail_closed() const {
    if (state_ == State::without_rows)
        throw ResourceClosedError("This result object does not return rows. It has been closed automatically.");
    if (state_ == State::ended_by_transaction)
        throw ResourceClosedError(
            "This result object is closed: its transaction has ended. Read all rows before commit(), rollback() or "
            "close().");
    throw ResourceClosedError("This result object is closed.");
}

}  // namespace aludel
