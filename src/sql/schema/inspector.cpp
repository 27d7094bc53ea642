#include "aludel/sql/schema/inspector.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "aludel/base/error.hpp"
#include "aludel/sql/compile/dialect.hpp"
#include "aludel/sql/schema/catalog.hpp"

namespace aludel {

namespace detail {

/// What was asked about one table.
struct TableFacts {
    std::optional<std::vector<ReflectedColumn>> columns;
    std::optional<ReflectedPrimaryKey> primary_key;
    std::optional<std::vector<ReflectedForeignKey>> foreign_keys;
    std::optional<std::vector<ReflectedUnique>> uniques;
    std::optional<std::vector<ReflectedCheck>> checks;
    std::optional<std::vector<ReflectedIndex>> indexes;
    std::optional<std::optional<std::string>> comment;
    std::optional<DialectOptions> options;
    std::optional<std::optional<std::string>> view_definition;
};

/// What was asked about one schema.
struct SchemaFacts {
    std::optional<std::vector<std::string>> tables;
    std::optional<std::vector<std::string>> views;
    std::optional<std::vector<std::string>> sequences;
    std::map<std::string, TableFacts, std::less<>> by_table;
};

struct InspectorCache {
    std::optional<std::string> default_schema;
    std::optional<std::vector<std::string>> schemas;
    std::optional<std::vector<std::string>> temporary_tables;
    std::optional<std::vector<std::string>> temporary_views;
    std::map<std::string, SchemaFacts, std::less<>> by_schema;

    SchemaFacts& schema(std::string_view name) { return by_schema.try_emplace(std::string(name)).first->second; }
    TableFacts& table(std::string_view name, std::string_view schema_name) {
        return schema(schema_name).by_table.try_emplace(std::string(name)).first->second;
    }
};

namespace {

const Catalog& catalog_of(const Dialect& dialect) {
    if (const auto* catalog = dialect.catalog()) return *catalog;
    throw NotSupportedError("The dialect '" + std::string(dialect.name()) +
                            "' cannot read the catalogue of its database: it has no Dialect::catalog()");
}

using Question = std::function<void(const Catalog&, SchemaExecutor&)>;

void ask(const SchemaTarget& target, const Question& question) {
    target.run_schema([&](SchemaExecutor& database) { question(catalog_of(database.dialect()), database); });
}

bool has_table(SchemaExecutor& database, QualifiedName table) {
    const auto queries = database.dialect().has_table_statements(table.name, table.schema);
    return std::any_of(queries.begin(), queries.end(), [&](const auto& query) { return database.has_row(query); });
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

[[noreturn]] void fail_no_such_table(const Catalog& catalog, SchemaExecutor& database, QualifiedName table) {
    std::string known;
    for (const auto& name : catalog.table_names(database, table.schema)) known += (known.empty() ? "" : ", ") + name;
    const auto where = table.schema.empty() ? std::string() : " in schema '" + std::string(table.schema) + '\'';
    throw NoSuchTableError("There is no table '" + std::string(table.name) + '\'' + where +
                           ". There are: " + (known.empty() ? "none" : known));
}

/// Fills in a fact about a table that nobody asked for before; a table that does not exist has none.
template <class Fact, class Read>
const Fact& fact(const SchemaTarget& target, std::optional<Fact>& known, QualifiedName table, Read read) {
    if (!known)
        ask(target, [&](const Catalog& catalog, SchemaExecutor& database) {
            if (!has_table(database, table)) fail_no_such_table(catalog, database, table);
            known = read(catalog, database);
        });
    return *known;
}

/// The same for what belongs to no table.
template <class Fact, class Read>
const Fact& general_fact(const SchemaTarget& target, std::optional<Fact>& known, Read read) {
    if (!known) ask(target, [&](const Catalog& catalog, SchemaExecutor& database) { known = read(catalog, database); });
    return *known;
}

}  // namespace

}  // namespace detail

using detail::fact;
using detail::general_fact;

Inspector::Inspector(const SchemaTarget& target)
    : target_(&target), cache_(std::make_unique<detail::InspectorCache>()) {}
Inspector::Inspector(Inspector&&) noexcept = default;
Inspector& Inspector::operator=(Inspector&&) noexcept = default;
Inspector::~Inspector() = default;

void Inspector::clear_cache() { *cache_ = {}; }

std::string Inspector::default_schema_name() {
    return general_fact(*target_, cache_->default_schema,
                        [](const auto& catalog, auto& database) { return catalog.default_schema(database); });
}

std::vector<std::string> Inspector::get_schema_names() {
    return general_fact(*target_, cache_->schemas,
                        [](const auto& catalog, auto& database) { return catalog.schema_names(database); });
}

std::vector<std::string> Inspector::get_table_names(std::string_view schema) {
    return general_fact(*target_, cache_->schema(schema).tables,
                        [&](const auto& catalog, auto& database) { return catalog.table_names(database, schema); });
}

std::vector<std::string> Inspector::get_view_names(std::string_view schema) {
    return general_fact(*target_, cache_->schema(schema).views,
                        [&](const auto& catalog, auto& database) { return catalog.view_names(database, schema); });
}

std::vector<std::string> Inspector::get_sequence_names(std::string_view schema) {
    return general_fact(*target_, cache_->schema(schema).sequences,
                        [&](const auto& catalog, auto& database) { return catalog.sequence_names(database, schema); });
}

std::vector<std::string> Inspector::get_temp_table_names() {
    return general_fact(*target_, cache_->temporary_tables,
                        [](const auto& catalog, auto& database) { return catalog.temporary_table_names(database); });
}

std::vector<std::string> Inspector::get_temp_view_names() {
    return general_fact(*target_, cache_->temporary_views,
                        [](const auto& catalog, auto& database) { return catalog.temporary_view_names(database); });
}

std::vector<std::string> Inspector::get_sorted_table_names(std::string_view schema) {
    std::vector<std::string> waiting = get_table_names(schema);
    std::vector<std::string> sorted;
    const auto may_go = [&](const std::string& table) {
        const auto keys = get_foreign_keys(table, schema);
        return std::none_of(keys.begin(), keys.end(), [&](const auto& key) {
            return key.referred_table != table && key.referred_schema == schema &&
                   detail::contains(waiting, key.referred_table);
        });
    };
    // The circles stay: nobody in them may go first.
    for (bool moved = true; moved;) {
        moved = false;
        for (auto table = waiting.begin(); table != waiting.end();) {
            if (may_go(*table)) {
                sorted.push_back(std::move(*table));
                table = waiting.erase(table);
                moved = true;
            } else {
                ++table;
            }
        }
    }
    sorted.insert(sorted.end(), waiting.begin(), waiting.end());
    return sorted;
}

std::string Inspector::get_view_definition(std::string_view view, std::string_view schema) {
    const auto& text =
        fact(*target_, cache_->table(view, schema).view_definition, {schema, view},
             [&](const auto& catalog, auto& database) { return catalog.view_definition(database, {schema, view}); });
    if (!text) throw NoSuchTableError("'" + std::string(view) + "' is a table, which has no definition as a view has");
    return *text;
}

bool Inspector::has_table(std::string_view table, std::string_view schema) {
    bool found = false;
    detail::ask(*target_, [&](const auto&, auto& database) { found = detail::has_table(database, {schema, table}); });
    return found;
}

bool Inspector::has_index(std::string_view table, std::string_view index, std::string_view schema) {
    if (!has_table(table, schema)) return false;
    const auto indexes = get_indexes(table, schema);
    return std::any_of(indexes.begin(), indexes.end(), [&](const auto& each) { return each.name == index; });
}

bool Inspector::has_sequence(std::string_view sequence, std::string_view schema) {
    return detail::contains(get_sequence_names(schema), sequence);
}

bool Inspector::has_schema(std::string_view schema) { return detail::contains(get_schema_names(), schema); }

std::vector<ReflectedColumn> Inspector::get_columns(std::string_view table, std::string_view schema) {
    return fact(*target_, cache_->table(table, schema).columns, {schema, table},
                [&](const auto& catalog, auto& database) { return catalog.columns(database, {schema, table}); });
}

ReflectedPrimaryKey Inspector::get_pk_constraint(std::string_view table, std::string_view schema) {
    return fact(*target_, cache_->table(table, schema).primary_key, {schema, table},
                [&](const auto& catalog, auto& database) { return catalog.primary_key(database, {schema, table}); });
}

std::vector<ReflectedForeignKey> Inspector::get_foreign_keys(std::string_view table, std::string_view schema) {
    return fact(*target_, cache_->table(table, schema).foreign_keys, {schema, table},
                [&](const auto& catalog, auto& database) { return catalog.foreign_keys(database, {schema, table}); });
}

std::vector<ReflectedUnique> Inspector::get_unique_constraints(std::string_view table, std::string_view schema) {
    return fact(
        *target_, cache_->table(table, schema).uniques, {schema, table},
        [&](const auto& catalog, auto& database) { return catalog.unique_constraints(database, {schema, table}); });
}

std::vector<ReflectedCheck> Inspector::get_check_constraints(std::string_view table, std::string_view schema) {
    return fact(
        *target_, cache_->table(table, schema).checks, {schema, table},
        [&](const auto& catalog, auto& database) { return catalog.check_constraints(database, {schema, table}); });
}

std::vector<ReflectedIndex> Inspector::get_indexes(std::string_view table, std::string_view schema) {
    return fact(*target_, cache_->table(table, schema).indexes, {schema, table},
                [&](const auto& catalog, auto& database) { return catalog.indexes(database, {schema, table}); });
}

std::string Inspector::get_table_comment(std::string_view table, std::string_view schema) {
    return fact(*target_, cache_->table(table, schema).comment, {schema, table},
                [&](const auto& catalog, auto& database) { return catalog.table_comment(database, {schema, table}); })
        .value_or("");
}

DialectOptions Inspector::get_table_options(std::string_view table, std::string_view schema) {
    return fact(*target_, cache_->table(table, schema).options, {schema, table},
                [&](const auto& catalog, auto& database) { return catalog.table_options(database, {schema, table}); });
}

}  // namespace aludel
