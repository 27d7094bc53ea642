// What a mapped class says about its table beyond its columns.
#pragma once

#include <aludel/sql/schema/constraint.hpp>
#include <aludel/sql/schema/table_info.hpp>

#include <functional>
#include <vector>

namespace aludel {

/// Constraints and indexes over several columns of a mapped class (SQLAlchemy's `__table_args__`):
/// `static auto table_args() { return TableArgs{UniqueConstraint("a", "b"), CheckConstraint("a < b")}; }`.
class TableArgs {
  public:
    template <class... Items>
    explicit TableArgs(const Items&... items) {
        (steps_.push_back([items](TableInfo& table) { table.add(items); }), ...);
    }
    /// Adds them to a table whose columns are there. @throws ArgumentError for a column that it does not have.
    void apply_to(TableInfo& table) const {
        for (const auto& step : steps_) {
            step(table);
        }
    }

  private:
    std::vector<std::function<void(TableInfo&)>> steps_;
};

}  // namespace aludel
