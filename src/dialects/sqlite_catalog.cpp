// What SQLite says about its tables: pragmas, and the text of CREATE TABLE for what those leave out.
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/schema/catalog.hpp>

#include "dialects/catalog_rows.hpp"
#include "dialects/catalogs.hpp"
#include "dialects/create_table_text.hpp"
#include "dialects/reflected_types.hpp"
#include "dialects/sql_tokens.hpp"

#include <algorithm>
#include <utility>

namespace aludel::dialects {

namespace {

std::string master_of(const Dialect& dialect, std::string_view schema) {
    return schema.empty() ? "sqlite_master" : dialect.quote_always(schema) + ".sqlite_master";
}

std::vector<std::string> names_of_kind(SchemaExecutor& database, const std::string& master, std::string_view kind) {
    return first_column(database.rows("SELECT name FROM " + master + " WHERE type='" + std::string(kind) +
                                      "' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"));
}

// A pragma about a table or an index; without a schema the main database is asked, then the temporary one.
CatalogRows pragma(SchemaExecutor& database, std::string_view schema, std::string_view name, std::string_view about) {
    const Dialect& dialect = database.dialect();
    const auto ask = [&](const std::string& where) {
        return database.rows("PRAGMA " + where + '.' + std::string(name) + '(' + dialect.quote_always(about) + ')');
    };
    if (!schema.empty()) return ask(dialect.quote_always(schema));
    auto rows = ask("main");
    return rows.empty() ? ask("temp") : rows;
}

// The text that made a table, a view or an index.
std::optional<std::string> definition_of(SchemaExecutor& database, QualifiedName object, std::string_view kind) {
    const Dialect& dialect = database.dialect();
    const auto from = object.schema.empty()
                          ? std::string("(SELECT * FROM sqlite_master UNION ALL SELECT * FROM sqlite_temp_master)")
                          : master_of(dialect, object.schema);
    const auto rows = database.rows("SELECT sql FROM " + from + " WHERE name = " + dialect.string_literal(object.name) +
                                    " AND type = '" + std::string(kind) + '\'');
    return rows.empty() ? std::nullopt : rows[0][0];
}

CreateTableText text_of(SchemaExecutor& database, QualifiedName table) {
    return parse_create_table(definition_of(database, table, "table").value_or(""));
}

constexpr NamedType sqlite_types[] = {
    {"BIGINT", BIGINT.sql_type()},       {"BLOB", BLOB.sql_type()},         {"BOOL", BOOLEAN.sql_type()},
    {"BOOLEAN", BOOLEAN.sql_type()},     {"CHAR", CHAR.sql_type()},         {"DATE", DATE.sql_type()},
    {"DATE_CHAR", DATE.sql_type()},      {"DATETIME", DATETIME.sql_type()}, {"DATETIME_CHAR", DATETIME.sql_type()},
    {"DOUBLE", DOUBLE.sql_type()},       {"DECIMAL", DECIMAL.sql_type()},   {"FLOAT", FLOAT.sql_type()},
    {"INT", INTEGER.sql_type()},         {"INTEGER", INTEGER.sql_type()},   {"JSON", JSON.sql_type()},
    {"NUMERIC", NUMERIC.sql_type()},     {"REAL", REAL.sql_type()},         {"SMALLINT", SMALLINT.sql_type()},
    {"TEXT", TEXT.sql_type()},           {"TIME", TIME.sql_type()},         {"TIME_CHAR", TIME.sql_type()},
    {"TIMESTAMP", TIMESTAMP.sql_type()}, {"VARCHAR", VARCHAR.sql_type()},   {"NVARCHAR", NVARCHAR.sql_type()},
    {"NCHAR", CHAR.sql_type()},
};

// SQLite's own rules for names that it does not know: https://www.sqlite.org/datatype3.html, section 3.1.
SqlType by_affinity(std::string_view name) {
    const auto has = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
    if (has("INT")) return INTEGER.sql_type();
    if (has("CHAR") || has("CLOB") || has("TEXT")) return TEXT.sql_type();
    if (name.empty() || has("BLOB")) return {};
    if (has("REAL") || has("FLOA") || has("DOUB")) return REAL.sql_type();
    return NUMERIC.sql_type();
}

SqlType type_of_text(std::string_view written) {
    const WrittenType type = take_type_apart(written);
    const SqlType* known = find_type(sqlite_types, type.name);
    return with_arguments(known ? *known : by_affinity(type.name), type.arguments);
}

// The words that a computed column leaves at the end of its type.
std::string without_generated(std::string type) {
    const auto upper = take_type_apart(type).name;
    constexpr std::string_view suffix = "GENERATED ALWAYS";
    if (upper.ends_with(suffix)) type.resize(type.size() - suffix.size());
    while (type.ends_with(' ')) type.pop_back();
    return type;
}

ComputedDraft computed_of(const CreateTableText& text, const std::string& column, bool stored) {
    for (const auto& [name, sql] : text.computed)
        if (name == column) return {sql, stored};
    return {{}, stored};
}

// The condition of a partial index: what follows WHERE outside of all parentheses.
std::string condition_of(std::string_view sql) {
    int depth = 0;
    for (const auto& token : sql_tokens(sql)) {
        if (token.is_mark('(')) ++depth;
        if (token.is_mark(')')) --depth;
        if (depth == 0 && token.is("WHERE")) {
            auto rest = sql.substr(static_cast<std::size_t>(token.text.data() + token.text.size() - sql.data()));
            while (rest.starts_with(' ')) rest.remove_prefix(1);
            return std::string(rest);
        }
    }
    return {};
}

// The parts between the outer parentheses of a CREATE INDEX, as written.
std::vector<std::string> written_items(std::string_view sql) {
    std::vector<std::string> items;
    const auto tokens = sql_tokens(sql);
    std::size_t open = 0;
    while (open < tokens.size() && !tokens[open].is_mark('(')) ++open;
    const auto end = behind_parenthesis(tokens, open);
    int depth = 0;
    const char* first = nullptr;
    for (std::size_t i = open; i < end; ++i) {
        const auto& token = tokens[i];
        if (token.is_mark(')')) --depth;
        const bool ends = (depth == 1 && token.is_mark(',')) || depth == 0;
        if (ends && first) items.emplace_back(first, tokens[i - 1].text.data() + tokens[i - 1].text.size());
        if (ends)
            first = nullptr;
        else if (!first && depth > 0)
            first = token.text.data();
        if (token.is_mark('(')) ++depth;
    }
    return items;
}

class SqliteCatalog final : public Catalog {
  public:
    std::string default_schema(SchemaExecutor&) const override { return "main"; }

    std::vector<std::string> schema_names(SchemaExecutor& database) const override {
        std::vector<std::string> names;
        for (const auto& row : database.rows("PRAGMA database_list"))
            if (text_at(row, 1) != "temp") names.push_back(text_at(row, 1));
        return names;
    }
    std::vector<std::string> table_names(SchemaExecutor& database, std::string_view schema) const override {
        return names_of_kind(database, master_of(database.dialect(), schema), "table");
    }
    std::vector<std::string> view_names(SchemaExecutor& database, std::string_view schema) const override {
        return names_of_kind(database, master_of(database.dialect(), schema), "view");
    }
    std::vector<std::string> temporary_table_names(SchemaExecutor& database) const override {
        return names_of_kind(database, "sqlite_temp_master", "table");
    }
    std::vector<std::string> temporary_view_names(SchemaExecutor& database) const override {
        return names_of_kind(database, "sqlite_temp_master", "view");
    }
    std::vector<std::string> sequence_names(SchemaExecutor&, std::string_view) const override { return {}; }
    std::optional<std::string> view_definition(SchemaExecutor& database, QualifiedName view) const override {
        return definition_of(database, view, "view");
    }

    std::vector<ReflectedColumn> columns(SchemaExecutor& database, QualifiedName table) const override;
    ReflectedPrimaryKey primary_key(SchemaExecutor& database, QualifiedName table) const override;
    std::vector<ReflectedForeignKey> foreign_keys(SchemaExecutor& database, QualifiedName table) const override;
    std::vector<ReflectedUnique> unique_constraints(SchemaExecutor& database, QualifiedName table) const override {
        return text_of(database, table).uniques;
    }
    std::vector<ReflectedCheck> check_constraints(SchemaExecutor& database, QualifiedName table) const override {
        return text_of(database, table).checks;
    }
    std::vector<ReflectedIndex> indexes(SchemaExecutor& database, QualifiedName table) const override;
    std::optional<std::string> table_comment(SchemaExecutor&, QualifiedName) const override { return std::nullopt; }
    DialectOptions table_options(SchemaExecutor& database, QualifiedName table) const override {
        return text_of(database, table).options;
    }
};

// The columns of PRAGMA table_xinfo: position, name, type, not null, default, place in the primary key, hidden.
std::vector<ReflectedColumn> SqliteCatalog::columns(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedColumn> columns;
    std::optional<CreateTableText> text;
    for (const auto& row : pragma(database, table.schema, "table_xinfo", table.name)) {
        const auto hidden = text_at(row, 6);
        if (hidden == "1") continue;  // of a virtual table, for its queries only
        const bool generated = hidden == "2" || hidden == "3";
        auto& column = columns.emplace_back();
        column.name = text_at(row, 1);
        column.type_text = generated ? without_generated(text_at(row, 2)) : text_at(row, 2);
        column.type = type_of_text(column.type_text);
        column.nullable = text_at(row, 3) == "0";
        if (row.size() > 4) column.server_default = row[4];
        if (!generated) continue;
        if (!text) text = text_of(database, table);
        column.computed = computed_of(*text, column.name, hidden == "3");
    }
    return columns;
}

ReflectedPrimaryKey SqliteCatalog::primary_key(SchemaExecutor& database, QualifiedName table) const {
    std::vector<std::pair<std::string, std::string>> places;
    for (const auto& row : pragma(database, table.schema, "table_info", table.name))
        if (text_at(row, 5) != "0") places.emplace_back(text_at(row, 5), text_at(row, 1));
    // As numbers: "10" comes behind "9".
    std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
        return std::pair{a.first.size(), a.first} < std::pair{b.first.size(), b.first};
    });
    ReflectedPrimaryKey key;
    for (auto& [place, column] : places) key.columns.push_back(std::move(column));
    if (!key.columns.empty()) key.name = text_of(database, table).primary_key_name;
    return key;
}

// The text has the keys as they were written; what it leaves out, the primary key of the table referred to, is asked.
std::vector<ReflectedForeignKey> SqliteCatalog::foreign_keys(SchemaExecutor& database, QualifiedName table) const {
    auto keys = text_of(database, table).foreign_keys;
    for (auto& key : keys) {
        key.referred_schema = table.schema;
        if (key.referred_columns.empty())
            key.referred_columns = primary_key(database, {table.schema, key.referred_table}).columns;
    }
    return keys;
}

// The columns of PRAGMA index_list: number, name, unique, origin, partial; of index_xinfo: rank, column number, name,
// descending, collation, key.
std::vector<ReflectedIndex> SqliteCatalog::indexes(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedIndex> indexes;
    for (const auto& row : pragma(database, table.schema, "index_list", table.name)) {
        if (text_at(row, 3) != "c") continue;  // made by a constraint
        auto& index = indexes.emplace_back();
        index.name = text_at(row, 1);
        index.unique = text_at(row, 2) == "1";
        const auto sql = definition_of(database, {table.schema, index.name}, "index").value_or("");
        if (text_at(row, 4) == "1") {
            DialectOption where = dialect_option("sqlite", "where", "");
            where.sql = detail::raw_sql_node(condition_of(sql));
            index.options.add(std::move(where));
        }
        const auto written = written_items(sql);
        for (const auto& item : pragma(database, table.schema, "index_xinfo", index.name)) {
            if (text_at(item, 5) != "1") continue;  // the row's key, which every index carries
            auto& part = index.items.emplace_back();
            part.column = text_at(item, 2);
            part.descending = text_at(item, 3) == "1";
            if (part.column.empty() && index.items.size() <= written.size())
                part.expression = written[index.items.size() - 1];
        }
    }
    std::sort(indexes.begin(), indexes.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return indexes;
}

}  // namespace

const Catalog& sqlite_catalog() {
    static const SqliteCatalog catalog;
    return catalog;
}

}  // namespace aludel::dialects
