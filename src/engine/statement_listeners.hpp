#pragma once

#include <aludel/engine/statement_events.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace aludel::detail {

/// Whom an engine tells of its statements.
class StatementListeners {
  public:
    void add(StatementEvents events);
    /// A test of a flag: what every statement pays.
    bool any() const noexcept { return any_.load(std::memory_order_relaxed); }
    void before(StatementExecution& execution) const;
    void after(const StatementExecution& execution) const;

  private:
    using List = std::vector<StatementEvents>;
    std::shared_ptr<const List> list() const;

    mutable std::mutex mutex_;
    std::shared_ptr<const List> list_ = std::make_shared<List>();  // replaced as a whole: a handler may add others
    std::atomic<bool> any_{false};
};

}  // namespace aludel::detail
