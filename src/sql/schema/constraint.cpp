#include "aludel/sql/schema/constraint.hpp"

#include "aludel/base/error.hpp"

namespace aludel {

ForeignKeyConstraint::ForeignKeyConstraint(std::vector<std::string> columns, std::vector<std::string> targets,
                                           ForeignKeyRules rules)
    : targets_(std::move(targets)) {
    if (columns.empty() || columns.size() != targets_.size())
        throw ArgumentError("ForeignKeyConstraint has " + std::to_string(columns.size()) + " columns and " +
                            std::to_string(targets_.size()) + " targets; give one \"table.column\" for each column");
    const auto table_of = [](const std::string& target) { return target.substr(0, target.rfind('.')); };
    for (const auto& target : targets_) {
        if (!detail::is_foreign_key_target(target))
            throw ArgumentError("The target '" + target +
                                "' of a ForeignKeyConstraint has no dot; write it as \"table.column\" or "
                                "\"schema.table.column\"");
        if (table_of(target) != table_of(targets_.front()))
            throw ArgumentError("ForeignKeyConstraint refers to several tables ('" + targets_.front() + "' and '" +
                                target + "'); all its targets must be columns of one table");
    }
    draft_.columns = std::move(columns);
    draft_.rules = std::move(rules);
}

}  // namespace aludel
