#include "aludel/sql/schema/table_info.hpp"

#include <algorithm>
#include <atomic>

#include "aludel/base/error.hpp"
#include "aludel/sql/schema/metadata.hpp"

namespace aludel {

namespace {

std::uint64_t next_table_id() {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

std::string joined_names(const std::deque<ColumnInfo>& columns) {
    std::string text;
    for (const auto& column : columns) text += (text.empty() ? "" : ", ") + column.name();
    return text.empty() ? "none" : text;
}

bool contains(const std::vector<const ColumnInfo*>& columns, const ColumnInfo* column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

}  // namespace

TableInfo::TableInfo(std::string name, std::string schema)
    : id_(next_table_id()),
      name_(std::move(name)),
      schema_(std::move(schema)),
      key_(schema_.empty() ? name_ : schema_ + '.' + name_),
      primary_key_(ConstraintKind::primary, *this, {}, {}) {
    if (name_.empty()) throw ArgumentError("A table needs a name, this one is empty");
}

TableInfo::~TableInfo() = default;

void TableInfo::require_unfrozen(std::string_view what) const {
    if (metadata_)
        throw InvalidRequestError("Cannot add " + std::string(what) + " to table '" + key_ +
                                  "': it belongs to a MetaData already; complete a table before adding it");
}

ColumnInfo& TableInfo::add_column(ColumnDraft draft) {
    require_unfrozen("column '" + draft.name + "'");
    if (draft.name.empty()) throw ArgumentError("A column of table '" + key_ + "' has an empty name; give it one");
    if (find_column(draft.name))
        throw ArgumentError("Table '" + key_ + "' has two columns called '" + draft.name + "'; rename one of them");
    auto& column = columns_.emplace_back(*this, std::move(draft), columns_.size());
    if (column.primary_key() && !explicit_primary_key_) primary_key_.columns_.push_back(&column);
    if (column.index())
        add(column.unique() ? Index("", column.name(), aludel::unique) : Index("", column.name()));
    else if (column.unique())
        column_level_.push_back(&uniques_.emplace_back(ConstraintKind::uniqueness, *this, ForeignKeyRules{},
                                                       std::vector<const ColumnInfo*>{&column}));
    for (const auto& key : column.draft_.foreign_keys) add_foreign_key(key.rules, {&column}, {key.target}, true);
    return column;
}

std::vector<const ColumnInfo*> TableInfo::columns_named(const std::vector<std::string>& names,
                                                        std::string_view what) const {
    std::vector<const ColumnInfo*> found;
    for (const auto& name : names) {
        const auto* column = find_column(name);
        if (!column)
            throw ArgumentError("Can't create " + std::string(what) + " on table '" + key_ +
                                "': it has no column named '" + name + "' (its columns: " + joined_names(columns_) +
                                ")");
        found.push_back(column);
    }
    return found;
}

void TableInfo::add_foreign_key(ForeignKeyRules rules, std::vector<const ColumnInfo*> columns,
                                std::vector<std::string> targets, bool with_column) {
    auto& key = foreign_keys_.emplace_back(*this, std::move(rules), std::move(columns), std::move(targets));
    (with_column ? column_level_ : table_level_).push_back(&key);
    for (const auto* column : key.columns()) columns_[column->position()].foreign_keys_.push_back(&key);
}

void TableInfo::add(const UniqueConstraint& constraint) {
    require_unfrozen("a unique constraint");
    const auto& draft = constraint.draft();
    table_level_.push_back(&uniques_.emplace_back(ConstraintKind::uniqueness, *this, draft.rules,
                                                  columns_named(draft.columns, "a unique constraint")));
}

void TableInfo::add(const PrimaryKeyConstraint& constraint) {
    require_unfrozen("a primary key");
    const auto& draft = constraint.draft();
    auto columns = draft.columns.empty() ? primary_key_.columns_ : columns_named(draft.columns, "the primary key");
    for (const auto* column : primary_key_.columns_)
        if (!contains(columns, column))
            throw ArgumentError(
                "Table '" + key_ + "': column '" + column->name() +
                "' is marked primary_key, but the PrimaryKeyConstraint does not name it; say it in one place");
    for (const auto* member : columns) {
        auto& column = columns_[member->position()];
        column.draft_.primary_key = true;
        column.nullable_ = column.draft_.nullable.value_or(false);
    }
    primary_key_.columns_ = std::move(columns);
    primary_key_.rules_ = draft.rules;
    explicit_primary_key_ = true;
}

void TableInfo::add(const ForeignKeyConstraint& constraint) {
    require_unfrozen("a foreign key");
    const auto& draft = constraint.draft();
    add_foreign_key(draft.rules, columns_named(draft.columns, "a foreign key"), constraint.targets(), false);
}

void TableInfo::add(const CheckConstraint& constraint) {
    require_unfrozen("a check constraint");
    table_level_.push_back(&checks_.emplace_back(*this, constraint.draft().rules, constraint.sql()));
}

void TableInfo::add(const Index& index) {
    require_unfrozen("an index");
    std::vector<IndexInfo::Item> items;
    for (const auto& item : index.items()) {
        const auto* column = item.expression ? nullptr : columns_named({item.column}, "an index").front();
        items.push_back({column, item.descending, item.expression, item.nulls});
    }
    if (items.empty())
        throw ArgumentError("Index '" + index.name() + "' of table '" + key_ + "' has no columns; name at least one");
    indexes_.emplace_back(*this, index.name(), index.unique(), std::move(items), index.options());
}

const ColumnInfo* TableInfo::find_column(std::string_view name) const noexcept {
    for (const auto& column : columns_)
        if (column.name() == name) return &column;
    return nullptr;
}

const ColumnInfo& TableInfo::column(std::string_view name) const {
    if (const auto* found = find_column(name)) return *found;
    throw NoSuchColumnError("Table '" + key_ + "' has no column '" + std::string(name) +
                            "'; its columns: " + joined_names(columns_));
}

const std::vector<const ColumnInfo*>& TableInfo::primary_key() const noexcept { return primary_key_.columns(); }

void TableInfo::check_primary_key_numbering() const {
    const ColumnInfo* numbered = nullptr;
    for (const auto* column : primary_key()) {
        if (column->autoincrement() != Autoincrement::always) continue;
        if (numbered)
            throw ArgumentError("Table '" + key_ + "': only one column may be marked autoincrement, but '" +
                                numbered->name() + "' and '" + column->name() + "' are");
        numbered = column;
        if (column->type().kind != TypeKind::null && !column->type().is_integer())
            throw ArgumentError(
                "Column '" + column->full_name() +
                "' cannot be autoincrement, since its type is no integer; leave the option out or make it Integer");
    }
}

const ColumnInfo* TableInfo::autoincrement_column() const noexcept {
    const auto& key = primary_key();
    for (const auto* column : key)
        if (column->autoincrement() == Autoincrement::always) return column;
    if (key.size() != 1) return nullptr;
    const auto& column = *key.front();
    const bool numbered = column.autoincrement() == Autoincrement::automatic && column.type().is_integer() &&
                          column.foreign_keys().empty() && !column.server_default() && !column.insert_default() &&
                          !column.computed();
    return numbered ? &column : nullptr;
}

std::vector<const ConstraintInfo*> TableInfo::constraints() const {
    auto all = table_level_;
    all.insert(all.end(), column_level_.begin(), column_level_.end());
    return all;
}

bool TableInfo::settle_types() {
    bool changed = false;
    for (auto& column : columns_) {
        if (column.type().kind != TypeKind::null) continue;
        for (const auto* key : column.foreign_keys()) {
            const auto* target = key->find_referred_table();
            const auto at = static_cast<std::size_t>(std::find(key->columns().begin(), key->columns().end(), &column) -
                                                     key->columns().begin());
            const auto* found = target ? target->find_column(key->target_column_name(at)) : nullptr;
            if (!found || found->type().kind == TypeKind::null) continue;
            column.draft_.type = found->type();
            changed = true;
            break;
        }
    }
    return changed;
}

}  // namespace aludel
