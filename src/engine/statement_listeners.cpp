#include "engine/statement_listeners.hpp"

#include <utility>

namespace aludel::detail {

void StatementListeners::add(StatementEvents events) {
    const std::scoped_lock lock{mutex_};
    auto longer = std::make_shared<List>(*list_);
    longer->push_back(std::move(events));
    list_ = std::move(longer);
    any_ = true;
}

std::shared_ptr<const StatementListeners::List> StatementListeners::list() const {
    const std::scoped_lock lock{mutex_};
    return list_;
}

void StatementListeners::before(StatementExecution& execution) const {
    const auto called = list();
    for (const StatementEvents& events : *called)
        if (events.before_cursor_execute) events.before_cursor_execute(execution);
}

void StatementListeners::after(const StatementExecution& execution) const {
    const auto called = list();
    for (const StatementEvents& events : *called)
        if (events.after_cursor_execute) events.after_cursor_execute(execution);
}

}  // namespace aludel::detail
