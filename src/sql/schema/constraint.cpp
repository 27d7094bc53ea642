#include "aludel/sql/schema/constraint.hpp"

#include "aludel/base/error.hpp"

namespace aludel {

std::vector<std::string> detail::strings_of(std::initializer_list<std::string_view> views) {
    return {views.begin(), views.end()};
}

UniqueConstraint::UniqueConstraint(detail::ConstraintDraft draft) : draft_(std::move(draft)) {}

PrimaryKeyConstraint::PrimaryKeyConstraint(detail::ConstraintDraft draft) : draft_(std::move(draft)) {}

CheckConstraint::CheckConstraint(NodeRef sql, detail::ConstraintDraft draft)
    : draft_(std::move(draft)), sql_(std::move(sql)) {}

Index::Index(std::string index_name, bool is_unique, std::vector<Item> items, DialectOptions options)
    : name_(std::move(index_name)), unique_(is_unique), items_(std::move(items)), options_(std::move(options)) {}

void Index::add_item(Item item) { items_.push_back(std::move(item)); }

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
