#include "aludel/sql/schema/table.hpp"

#include <algorithm>

#include "aludel/base/error.hpp"
#include "sql/schema/create_drop.hpp"
#include "sql/schema/table_items.hpp"

namespace aludel {

namespace detail {

TableBuilder::TableBuilder() : items_(new TableItems) {}
TableBuilder::~TableBuilder() { delete items_; }

void TableBuilder::add(const Column& item) { items_->columns_.push_back(item.draft()); }
void TableBuilder::add(const UniqueConstraint& item) { items_->uniques_.emplace_back(items_->order_++, item); }
void TableBuilder::add(const PrimaryKeyConstraint& item) { items_->primary_keys_.emplace_back(items_->order_++, item); }
void TableBuilder::add(const ForeignKeyConstraint& item) { items_->foreign_keys_.emplace_back(items_->order_++, item); }
void TableBuilder::add(const CheckConstraint& item) { items_->checks_.emplace_back(items_->order_++, item); }
void TableBuilder::add(const Index& item) { items_->indexes_.emplace_back(items_->order_++, item); }
void TableBuilder::add(const SchemaName& item) { items_->schema_ = item.text; }
void TableBuilder::add(const AutoloadWith& item) { items_->autoload_ = item; }
void TableBuilder::set_comment(std::string_view text) { items_->comment_ = text; }
void TableBuilder::add_option(DialectOption option) { items_->options_.push_back(std::move(option)); }

Ref<TableInfo> TableBuilder::build(std::string_view name, MetaData& metadata) {
    auto table = items_->build(name, metadata.schema());
    metadata.add(table);
    items_->load_referred_tables(*table, metadata);
    return table;
}

Ref<TableInfo> TableItems::build(std::string_view name, std::string_view default_schema) {
    if (schema_.empty()) schema_ = default_schema;
    if (autoload_) load(name);
    auto table = make_ref<TableInfo>(std::string(name), schema_);
    table->set_comment(std::move(comment_));
    for (auto& option : options_) table->add(std::move(option));
    if (primary_keys_.size() > 1)
        throw ArgumentError("Table '" + table->key() + "' has " + std::to_string(primary_keys_.size()) +
                            " PrimaryKeyConstraints; a table has one primary key, which may have several columns");
    for (auto& column : columns_) table->add_column(std::move(column));
    for (const auto& [order, item] : primary_keys_) table->add(item);

    std::vector<std::pair<int, std::function<void()>>> steps;
    const auto collect = [&](const auto& items) {
        for (const auto& [order, item] : items)
            steps.emplace_back(order, [&table, made = &item] { table->add(*made); });
    };
    collect(uniques_);
    collect(foreign_keys_);
    collect(checks_);
    collect(indexes_);
    std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [order, step] : steps) step();
    return table;
}

}  // namespace detail

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): the handle shares ownership, it does not write; no table is
// const itself
Table::Table(const TableInfo& info) : info_(const_cast<TableInfo*>(&info)) {}

namespace {

/// Types whose values are read as one another.
enum class Family : unsigned char { any, number, text, bytes, date, time, instant, interval };

Family family_of(const SqlType& type) {
    switch (type.kind) {
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer:
        case TypeKind::boolean:
        case TypeKind::float_:
        case TypeKind::double_:
        case TypeKind::numeric: return Family::number;
        case TypeKind::string:
        case TypeKind::text:
        case TypeKind::uuid:
        case TypeKind::json:
        case TypeKind::enum_:
        case TypeKind::set: return Family::text;
        case TypeKind::date: return Family::date;
        case TypeKind::time: return Family::time;
        case TypeKind::datetime:
        case TypeKind::timestamp: return Family::instant;
        case TypeKind::interval: return Family::interval;
        case TypeKind::large_binary: return Family::bytes;
        case TypeKind::null:
        case TypeKind::array:
        case TypeKind::range:
        case TypeKind::multirange:
        case TypeKind::bit:
        case TypeKind::custom: break;
    }
    return Family::any;
}

}  // namespace

NodeRef Table::node(std::string_view column_name) const { return column_node(column(column_name)); }

NodeRef Table::node_as(std::string_view column_name, const SqlType& type) const {
    const auto& found = column(column_name);
    const auto have = family_of(found.type());
    const auto want = family_of(type);
    if (have != want && have != Family::any && want != Family::any)
        throw ArgumentError("Column '" + found.full_name() + "' does not hold values of the C++ type that c<T>(\"" +
                            found.name() + "\") asks for; ask for its own type, or convert it with cast<T>(...)");
    return column_node(found);
}

void Table::create(const SchemaTarget& target, CheckFirst check) const {
    detail::create_tables(target, {info_.get()}, check);
}

void Table::drop(const SchemaTarget& target, CheckFirst check) const {
    detail::drop_tables(target, {info_.get()}, check);
}

}  // namespace aludel
