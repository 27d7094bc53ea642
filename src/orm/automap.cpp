#include <aludel/orm/automap.hpp>

#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/compile/to_string.hpp>
#include <aludel/sql/schema/column.hpp>
#include <aludel/sql/schema/table_info.hpp>
#include <aludel/types/enum_names.hpp>

#include "orm/automap_names.hpp"
#include "orm/automap_types.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace aludel {

namespace detail {

namespace {

/// A member of a class: its type and its name.
struct Member {
    std::string type;
    std::string name;
};

struct MappedClass {
    const TableInfo* table;
    std::string name;
    std::set<std::string> taken;
    std::vector<Member> columns;
    std::vector<Member> relationships;
};

// The columns are those of two keys, and nothing else: a row says that two others belong together.
bool is_secondary(const TableInfo& table) {
    if (table.foreign_keys().size() != 2) return false;
    return std::all_of(table.columns().begin(), table.columns().end(),
                       [](const auto& column) { return !column.foreign_keys().empty(); });
}

std::string sql_of(const NodeRef& node) { return to_string(node); }

std::string rules_text(const ForeignKeyRules& rules) {
    std::string text;
    const auto add = [&](std::string_view option, const std::string& value) {
        if (!value.empty()) text += fmt::format(", {}({})", option, cpp_literal(value));
    };
    add("aludel::name", rules.name);
    add("ondelete", rules.ondelete);
    add("onupdate", rules.onupdate);
    if (rules.deferrable) text += *rules.deferrable ? ", deferrable" : ", not_deferrable";
    add("initially", rules.initially);
    add("match_clause", rules.match);
    return text;
}

ForeignKeyRules rules_of(const ForeignKeyInfo& key) {
    return {key.name(),      key.ondelete(), key.onupdate(), key.deferrable(),
            key.initially(), key.match(),    key.use_alter()};
}

std::string quoted_columns(const std::vector<const ColumnInfo*>& columns) {
    std::vector<std::string> names;
    names.reserve(columns.size());
    for (const auto* column : columns) names.push_back(cpp_literal(column->name()));
    return fmt::format("{}", fmt::join(names, ", "));
}

bool is_plain_unique(const ColumnInfo& column) {
    const auto& uniques = column.table().unique_constraints();
    return std::any_of(uniques.begin(), uniques.end(), [&](const auto& unique) {
        return unique.columns().size() == 1 && unique.columns()[0] == &column && unique.name().empty();
    });
}

// The numbers that a database would not choose by itself.
std::string identity_text(const Identity& identity) {
    std::string text;
    const auto add = [&](const std::string& item) { text += (text.empty() ? "" : ", ") + item; };
    if (identity.always) add(".always = true");
    if (identity.start && identity.start.value != 1) add(fmt::format(".start = {}", identity.start.value));
    if (identity.increment && identity.increment.value != 1)
        add(fmt::format(".increment = {}", identity.increment.value));
    if (identity.cycle.value) add(".cycle = true");
    return ", Identity{" + text + '}';
}

std::string options_of(const ColumnInfo& column, const std::string& member) {
    std::string text;
    if (member != column.name()) text += fmt::format(", aludel::name({})", cpp_literal(column.name()));
    if (column.primary_key()) text += ", primary_key";
    if (column.primary_key() && column.autoincrement() == Autoincrement::never) text += ", no_autoincrement";
    if (is_plain_unique(column)) text += ", unique";
    for (const auto* key : column.foreign_keys())
        if (key->columns().size() == 1)
            text += fmt::format(", ForeignKey({}{})", cpp_literal(key->targets()[0]), rules_text(rules_of(*key)));
    if (column.server_default().is_expression())
        text += fmt::format(", server_default(raw_sql({}))", cpp_literal(sql_of(column.server_default().sql())));
    if (const auto& computed = column.computed()) {
        const auto* mode = !computed->persisted ? "" : *computed->persisted ? ", persisted" : ", not_persisted";
        text += fmt::format(", computed({}{})", cpp_literal(computed->sql), mode);
    }
    if (column.identity()) text += identity_text(*column.identity());
    if (!column.comment().empty()) text += fmt::format(", comment({})", cpp_literal(column.comment()));
    return text;
}

// What only one database knows, after a comma.
std::string option_text(const DialectOption& option) {
    if (option.parts.empty() && !option.sql)
        return fmt::format(", dialect_option({}, {}, {})", cpp_literal(option.dialect), cpp_literal(option.name),
                           cpp_literal(option.text));
    std::string text = fmt::format(", DialectOption{{.dialect = {}, .name = {}", cpp_literal(option.dialect),
                                   cpp_literal(option.name));
    std::vector<std::string> parts;
    for (const auto& [of, value] : option.parts)
        parts.push_back(fmt::format("{{{}, {}}}", cpp_literal(of), cpp_literal(value)));
    if (!parts.empty()) text += fmt::format(", .parts = {{{}}}", fmt::join(parts, ", "));
    if (option.sql) text += fmt::format(", .sql = raw_sql({}).node()", cpp_literal(sql_of(option.sql)));
    return text + '}';
}

std::string options_text(const DialectOptions& options) {
    std::string text;
    for (const auto& option : options.all()) text += option_text(option);
    return text;
}

Member member_of(const ColumnInfo& column, std::set<std::string>& taken) {
    const std::string name = free_identifier(column.name(), taken);
    const auto type = cpp_type_of(column.type());
    const bool may_be_null = column.nullable() && !column.primary_key();
    const auto value = may_be_null ? fmt::format("std::optional<{}>", type.name) : type.name;
    const auto option = type.option.empty() ? std::string() : ", " + type.option;
    return {fmt::format("Mapped<{}{}{}>", value, option, options_of(column, name)), name};
}

// ---- what stands in table_args()

// An item that says where NULL stands.
std::string ordered_sql(const IndexInfo::Item& item) {
    const auto text = item.column ? default_dialect().quote(item.column->name()) : sql_of(item.expression);
    return text + (item.descending ? " DESC" : "") + (item.nulls == NullsOrder::first ? " NULLS FIRST" : " NULLS LAST");
}

std::string index_text(const IndexInfo& index) {
    std::string text = fmt::format("Index({}", cpp_literal(index.is_named() ? index.name() : ""));
    for (const auto& item : index.items()) {
        if (item.nulls != NullsOrder::usual)
            text += fmt::format(", raw_sql({})", cpp_literal(ordered_sql(item)));
        else if (!item.column)
            text += fmt::format(", raw_sql({})", cpp_literal(sql_of(item.expression)));
        else if (item.descending)
            text += fmt::format(", descending({})", cpp_literal(item.column->name()));
        else
            text += ", " + cpp_literal(item.column->name());
    }
    return text + (index.unique() ? ", unique" : "") + options_text(index.options()) + ')';
}

std::string name_option(const std::string& name) {
    return name.empty() ? std::string() : fmt::format(", aludel::name({})", cpp_literal(name));
}

std::vector<std::string> table_args_of(const TableInfo& table) {
    std::vector<std::string> args;
    if (table.primary_key().size() > 1)
        args.push_back(fmt::format("PrimaryKeyConstraint({}{})", quoted_columns(table.primary_key()),
                                   name_option(table.primary_key_constraint().name())));
    for (const auto& key : table.foreign_keys()) {
        if (key.columns().size() == 1) continue;
        std::vector<std::string> targets;
        for (const auto& target : key.targets()) targets.push_back(cpp_literal(target));
        args.push_back(fmt::format("ForeignKeyConstraint({{{}}}, {{{}}}{})", quoted_columns(key.columns()),
                                   fmt::join(targets, ", "), rules_text(rules_of(key))));
    }
    for (const auto& unique : table.unique_constraints())
        if (unique.columns().size() > 1 || !unique.name().empty())
            args.push_back(fmt::format("UniqueConstraint({}{}{})", quoted_columns(unique.columns()),
                                       name_option(unique.name()), options_text(unique.options())));
    for (const auto& check : table.check_constraints())
        args.push_back(
            fmt::format("CheckConstraint({}{})", cpp_literal(sql_of(check.sql())), name_option(check.name())));
    for (const auto& index : table.indexes()) args.push_back(index_text(index));
    for (const auto& option : table.options().all()) args.push_back(option_text(option).substr(2));
    return args;
}

// ---- the whole

class Automap {
  public:
    Automap(const MetaData& metadata, const AutomapOptions& options) : metadata_(metadata), options_(options) {}

    std::string text() {
        collect();
        for (auto& mapped : classes_) add_keys(mapped);
        for (const auto* table : secondaries_) add_many_to_many(*table);
        return write();
    }

  private:
    void collect() {
        std::set<std::string> taken;
        for (const auto* table : metadata_.sorted_tables()) {
            if (is_secondary(*table)) {
                secondaries_.push_back(table);
            } else if (table->primary_key().empty()) {
                plain_.push_back(table);
            } else {
                const auto wanted =
                    options_.classname_for_table ? options_.classname_for_table(*table) : camel_case(table->name());
                auto& mapped = classes_.emplace_back(MappedClass{table, free_identifier(wanted, taken), {}, {}, {}});
                for (const auto& column : table->columns()) mapped.columns.push_back(member_of(column, mapped.taken));
            }
        }
        for (auto& mapped : classes_) by_table_.emplace(mapped.table, &mapped);
    }

    MappedClass* class_of(const TableInfo& table) const {
        const auto found = by_table_.find(&table);
        return found == by_table_.end() ? nullptr : found->second;
    }
    bool is_wanted(const ForeignKeyInfo& key) const {
        return !options_.generate_relationship || options_.generate_relationship(key);
    }

    std::string scalar_name(const ForeignKeyInfo& key) const {
        if (options_.name_for_scalar_relationship) return options_.name_for_scalar_relationship(key);
        const auto& column = key.columns()[0]->name();
        if (key.columns().size() == 1 && column.size() > 3 && column.ends_with("_id"))
            return column.substr(0, column.size() - 3);
        return key.referred_table().name();
    }
    std::string collection_name(const ForeignKeyInfo& key) const {
        if (options_.name_for_collection_relationship) return options_.name_for_collection_relationship(key);
        return key.table().name() + "_collection";
    }

    // Several keys between the same two tables have to say which of them is meant.
    static std::string key_option(const ForeignKeyInfo& key) {
        const auto& keys = key.table().foreign_keys();
        const auto same = std::count_if(keys.begin(), keys.end(), [&](const auto& other) {
            return &other.referred_table() == &key.referred_table();
        });
        if (same < 2) return {};
        std::vector<std::string> names;
        for (const auto* column : key.columns()) names.push_back(key.table().name() + '.' + column->name());
        return fmt::format(", foreign_keys({})", cpp_literal(fmt::format("{}", fmt::join(names, ", "))));
    }

    void add_keys(MappedClass& mapped) {
        for (const auto& key : mapped.table->foreign_keys()) {
            auto* other = class_of(key.referred_table());
            if (!other || !is_wanted(key)) continue;
            const auto one = free_identifier(scalar_name(key), mapped.taken);
            const auto many = free_identifier(collection_name(key), other->taken);
            std::string remote;
            if (other == &mapped) {
                std::vector<std::string> names;
                names.reserve(key.columns().size());
                for (std::size_t i = 0; i < key.columns().size(); ++i)
                    names.push_back(mapped.table->name() + '.' + key.referred_column(i).name());
                remote = fmt::format(", remote_side({})", cpp_literal(fmt::format("{}", fmt::join(names, ", "))));
            }
            const auto which = key_option(key);
            mapped.relationships.push_back(
                {fmt::format("One<{}, back_populates(\"{}\"){}{}>", other->name, many, which, remote), one});
            other->relationships.push_back(
                {fmt::format("Many<{}, back_populates(\"{}\"){}>", mapped.name, one, which), many});
        }
    }

    void add_many_to_many(const TableInfo& table) {
        const auto& left = table.foreign_keys()[0];
        const auto& right = table.foreign_keys()[1];
        auto* from = class_of(left.referred_table());
        auto* to = class_of(right.referred_table());
        plain_.push_back(&table);
        // Of one table with itself nobody can tell the two ends apart.
        if (!from || !to || from == to || !is_wanted(left) || !is_wanted(right)) return;
        const auto there = free_identifier(right.referred_table().name() + "_collection", from->taken);
        const auto back = free_identifier(left.referred_table().name() + "_collection", to->taken);
        const auto secondary = cpp_literal(table.key());
        from->relationships.push_back(
            {fmt::format("Many<{}, secondary({}), back_populates(\"{}\")>", to->name, secondary, back), there});
        to->relationships.push_back(
            {fmt::format("Many<{}, secondary({}), back_populates(\"{}\")>", from->name, secondary, there), back});
    }

    std::string class_text(const MappedClass& mapped) const {
        std::string text = fmt::format("struct {} {{\n    static constexpr auto table_name = {};\n", mapped.name,
                                       cpp_literal(mapped.table->name()));
        if (!mapped.table->schema().empty())
            text += fmt::format("    static constexpr auto schema = {};\n", cpp_literal(mapped.table->schema()));
        const auto args = table_args_of(*mapped.table);
        if (!args.empty())
            text += fmt::format("    static auto table_args() {{\n        return TableArgs{{{}}};\n    }}\n",
                                fmt::join(args, ",\n                         "));
        text += '\n';
        for (const auto& member : mapped.columns) text += fmt::format("    {} {};\n", member.type, member.name);
        if (!mapped.relationships.empty()) text += '\n';
        for (const auto& member : mapped.relationships) text += fmt::format("    {} {};\n", member.type, member.name);
        return text + "};\n";
    }

    std::string table_text(const TableInfo& table) const {
        std::string text = fmt::format("inline const Table {}{{{}, {}::metadata()", identifier(table.name() + "_table"),
                                       cpp_literal(table.name()), options_.registry);
        if (!table.schema().empty()) text += fmt::format(", schema({})", cpp_literal(table.schema()));
        for (const auto& column : table.columns()) {
            const auto type = table_type_of(column.type());
            text += fmt::format(",\n    Column{{{}{}{}{}}}", cpp_literal(column.name()),
                                type.empty() ? "" : ", " + type, options_of(column, column.name()),
                                column.nullable() || column.primary_key() ? "" : ", not_null");
        }
        for (const auto& arg : table_args_of(table))
            if (!arg.starts_with("PrimaryKeyConstraint")) text += ",\n    " + arg;
        return text + "};\n";
    }

    std::string write() const {
        std::string text =
            "// Mapped classes for the tables of a database.\n#pragma once\n\n#include <aludel/aludel.hpp>\n"
            "#include <aludel/orm/table_args.hpp>\n\n#include <chrono>\n#include <cstdint>\n#include <optional>\n"
            "#include <string>\n#include <vector>\n\n";
        if (!options_.name_space.empty()) text += fmt::format("namespace {} {{\n\n", options_.name_space);
        text += "using namespace aludel;\n\n";
        std::vector<std::string> names;
        for (const auto& mapped : classes_) {
            names.push_back(mapped.name);
            text += fmt::format("struct {};\n", mapped.name);
        }
        for (const auto& mapped : classes_) text += '\n' + class_text(mapped);
        if (!names.empty())
            text += fmt::format("\nusing {} = Registry<{}>;\n", options_.registry, fmt::join(names, ", "));
        for (const auto* table : plain_) text += '\n' + table_text(*table);
        if (!options_.name_space.empty()) text += fmt::format("\n}}  // namespace {}\n", options_.name_space);
        return text;
    }

    const MetaData& metadata_;
    const AutomapOptions& options_;
    std::vector<MappedClass> classes_;
    std::map<const TableInfo*, MappedClass*> by_table_;
    std::vector<const TableInfo*> secondaries_;
    std::vector<const TableInfo*> plain_;  // without a class
};

}  // namespace

}  // namespace detail

std::string automap(const MetaData& metadata, const AutomapOptions& options) {
    return detail::Automap(metadata, options).text();
}

}  // namespace aludel
