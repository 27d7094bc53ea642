// What PostgreSQL says about its tables, from pg_catalog.
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/schema/catalog.hpp>

#include "dialects/catalog_rows.hpp"
#include "dialects/catalogs.hpp"
#include "dialects/reflected_types.hpp"

#include <utility>

namespace aludel::dialects {

namespace {

// The condition that a row of pg_class `c` with its namespace `n` is in the schema; without one, in the first of the
// search path.
std::string in_schema(const Dialect& dialect, std::string_view schema) {
    return schema.empty() ? "n.nspname = pg_catalog.current_schema()" : "n.nspname = " + dialect.string_literal(schema);
}

// The table's number, as a subquery. Without a schema it is the table that the search path finds.
std::string oid_of(const Dialect& dialect, QualifiedName table) {
    const auto where = table.schema.empty() ? std::string("pg_catalog.pg_table_is_visible(c.oid)")
                                            : "n.nspname = " + dialect.string_literal(table.schema);
    return "(SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE " +
           where + " AND c.relname = " + dialect.string_literal(table.name) +
           " AND c.relkind IN ('r', 'v', 'm', 'f', 'p'))";
}

std::vector<std::string> names_of_kinds(SchemaExecutor& database, const std::string& where, std::string_view kinds) {
    return first_column(
        database.rows("SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
                      "c.relnamespace WHERE " +
                      where + " AND c.relkind IN (" + std::string(kinds) + ") ORDER BY c.relname"));
}

constexpr NamedType postgresql_types[] = {
    {"SMALLINT", SMALLINT.sql_type()},
    {"INTEGER", INTEGER.sql_type()},
    {"BIGINT", BIGINT.sql_type()},
    {"NUMERIC", NUMERIC.sql_type()},
    {"REAL", REAL.sql_type()},
    {"DOUBLE PRECISION", {.kind = TypeKind::double_, .name = "DOUBLE PRECISION"}},
    {"BOOLEAN", BOOLEAN.sql_type()},
    {"TEXT", TEXT.sql_type()},
    {"CHARACTER VARYING", VARCHAR.sql_type()},
    {"CHARACTER", CHAR.sql_type()},
    {"BYTEA", {.kind = TypeKind::large_binary, .name = "BYTEA"}},
    {"DATE", DATE.sql_type()},
    {"TIME WITHOUT TIME ZONE", TIME.sql_type()},
    {"TIME WITH TIME ZONE", TIME(with_timezone).sql_type()},
    {"TIMESTAMP WITHOUT TIME ZONE", TIMESTAMP.sql_type()},
    {"TIMESTAMP WITH TIME ZONE", TIMESTAMP(with_timezone).sql_type()},
    {"INTERVAL", {.kind = TypeKind::interval, .name = "INTERVAL"}},
    {"UUID", {.kind = TypeKind::uuid, .name = "UUID"}},
    {"JSON", {.kind = TypeKind::json, .name = "JSON"}},
    {"JSONB", {.kind = TypeKind::json, .name = "JSONB"}},
};

SqlType type_of_text(std::string_view written) {
    if (written.ends_with("[]")) {
        const auto item = written.substr(0, written.size() - 2);
        return detail::array_type(type_of_text(item), 0);
    }
    const WrittenType type = take_type_apart(written);
    const SqlType* known = find_type(postgresql_types, type.name);
    return known ? with_arguments(*known, type.arguments) : type_by_name(written);
}

// `(a > 1)` without the parentheses that enclose all of it.
std::string without_outer_parentheses(std::string text) {
    if (!text.starts_with('(') || !text.ends_with(')')) return text;
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == '\'') quoted = !quoted;
        if (quoted) continue;
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && --depth == 0) return text;
    }
    return text.substr(1, text.size() - 2);
}

std::string action_of(const std::string& code) {
    if (code == "c") return "CASCADE";
    if (code == "r") return "RESTRICT";
    if (code == "n") return "SET NULL";
    if (code == "d") return "SET DEFAULT";
    return {};
}

// The rows of a table's constraints of one kind: name, column, in the order of the constraint's columns.
CatalogRows key_rows(SchemaExecutor& database, QualifiedName table, char kind) {
    return database.rows(
        "SELECT con.conname, a.attname FROM pg_catalog.pg_constraint con "
        "CROSS JOIN LATERAL unnest(con.conkey) WITH ORDINALITY AS k(number, place) "
        "JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.number "
        "WHERE con.conrelid = " +
        oid_of(database.dialect(), table) + " AND con.contype = '" + kind + "' ORDER BY con.conname, k.place");
}

class PostgresqlCatalog final : public Catalog {
  public:
    std::string default_schema(SchemaExecutor& database) const override {
        const auto rows = database.rows("SELECT pg_catalog.current_schema()");
        return rows.empty() ? std::string{} : text_at(rows[0], 0);
    }
    std::vector<std::string> schema_names(SchemaExecutor& database) const override {
        return first_column(database.rows(
            "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg\\_%' ORDER BY nspname"));
    }
    std::vector<std::string> table_names(SchemaExecutor& database, std::string_view schema) const override {
        return names_of_kinds(database, in_schema(database.dialect(), schema), "'r', 'p'");
    }
    std::vector<std::string> view_names(SchemaExecutor& database, std::string_view schema) const override {
        return names_of_kinds(database, in_schema(database.dialect(), schema), "'v', 'm'");
    }
    std::vector<std::string> temporary_table_names(SchemaExecutor& database) const override {
        return names_of_kinds(database, "n.oid = pg_catalog.pg_my_temp_schema()", "'r', 'p'");
    }
    std::vector<std::string> temporary_view_names(SchemaExecutor& database) const override {
        return names_of_kinds(database, "n.oid = pg_catalog.pg_my_temp_schema()", "'v'");
    }
    std::vector<std::string> sequence_names(SchemaExecutor& database, std::string_view schema) const override {
        return names_of_kinds(database, in_schema(database.dialect(), schema), "'S'");
    }
    std::optional<std::string> view_definition(SchemaExecutor& database, QualifiedName view) const override {
        const auto rows = database.rows(
            "SELECT pg_catalog.pg_get_viewdef(c.oid) FROM pg_catalog.pg_class c WHERE c.relkind IN "
            "('v', 'm') AND c.oid = " +
            oid_of(database.dialect(), view));
        return rows.empty() ? std::nullopt : rows[0][0];
    }

    std::vector<ReflectedColumn> columns(SchemaExecutor& database, QualifiedName table) const override;
    ReflectedPrimaryKey primary_key(SchemaExecutor& database, QualifiedName table) const override {
        ReflectedPrimaryKey key;
        for (const auto& row : key_rows(database, table, 'p')) {
            key.name = text_at(row, 0);
            key.columns.push_back(text_at(row, 1));
        }
        return key;
    }
    std::vector<ReflectedForeignKey> foreign_keys(SchemaExecutor& database, QualifiedName table) const override;
    std::vector<ReflectedUnique> unique_constraints(SchemaExecutor& database, QualifiedName table) const override {
        std::vector<ReflectedUnique> uniques;
        for (const auto& row : key_rows(database, table, 'u'))
            last_named(uniques, text_at(row, 0), &ReflectedUnique::name).columns.push_back(text_at(row, 1));
        return uniques;
    }
    std::vector<ReflectedCheck> check_constraints(SchemaExecutor& database, QualifiedName table) const override {
        std::vector<ReflectedCheck> checks;
        for (const auto& row :
             database.rows("SELECT conname, pg_catalog.pg_get_expr(conbin, conrelid) FROM pg_catalog.pg_constraint "
                           "WHERE contype = 'c' AND conrelid = " +
                           oid_of(database.dialect(), table) + " ORDER BY conname"))
            checks.push_back({text_at(row, 0), without_outer_parentheses(text_at(row, 1))});
        return checks;
    }
    std::vector<ReflectedIndex> indexes(SchemaExecutor& database, QualifiedName table) const override;
    std::optional<std::string> table_comment(SchemaExecutor& database, QualifiedName table) const override {
        return database.rows("SELECT pg_catalog.obj_description(" + oid_of(database.dialect(), table) +
                             ", 'pg_class')")[0][0];
    }
};

std::vector<ReflectedColumn> PostgresqlCatalog::columns(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedColumn> columns;
    for (const auto& row : database.rows(
             "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), "
             "pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attnotnull, CAST(a.attgenerated AS TEXT), "
             "CAST(a.attidentity AS TEXT), pg_catalog.col_description(a.attrelid, a.attnum) "
             "FROM pg_catalog.pg_attribute a "
             "LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
             "WHERE a.attrelid = " +
             oid_of(database.dialect(), table) + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum")) {
        auto& column = columns.emplace_back();
        column.name = text_at(row, 0);
        column.type_text = text_at(row, 1);
        column.type = type_of_text(column.type_text);
        column.nullable = !is_true(row, 3);
        column.comment = text_at(row, 6);
        const auto expression = text_at(row, 2);
        if (text_at(row, 4) == "s")
            column.computed = ComputedDraft{without_outer_parentheses(expression), true};
        else
            column.server_default = row[2];
        column.autoincrement = !text_at(row, 5).empty() || expression.starts_with("nextval(");
    }
    return columns;
}

// A table that the search path finds is named without its schema, unless the schema was asked for.
std::vector<ReflectedForeignKey> PostgresqlCatalog::foreign_keys(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedForeignKey> keys;
    for (const auto& row : database.rows(
             "SELECT con.conname, a.attname, n.nspname, c.relname, r.attname, pg_catalog.pg_table_is_visible(c.oid), "
             "CAST(con.confdeltype AS TEXT), CAST(con.confupdtype AS TEXT), con.condeferrable, con.condeferred, "
             "CAST(con.confmatchtype AS TEXT) FROM pg_catalog.pg_constraint con "
             "CROSS JOIN LATERAL unnest(con.conkey, con.confkey) WITH ORDINALITY AS k(number, referred, place) "
             "JOIN pg_catalog.pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.number "
             "JOIN pg_catalog.pg_attribute r ON r.attrelid = con.confrelid AND r.attnum = k.referred "
             "JOIN pg_catalog.pg_class c ON c.oid = con.confrelid "
             "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
             "WHERE con.contype = 'f' AND con.conrelid = " +
             oid_of(database.dialect(), table) + " ORDER BY con.conname, k.place")) {
        if (keys.empty() || keys.back().rules.name != text_at(row, 0)) {
            auto& key = keys.emplace_back();
            key.rules.name = text_at(row, 0);
            const auto schema = text_at(row, 2);
            if (schema == table.schema || !is_true(row, 5)) key.referred_schema = schema;
            key.referred_table = text_at(row, 3);
            key.rules.ondelete = action_of(text_at(row, 6));
            key.rules.onupdate = action_of(text_at(row, 7));
            if (is_true(row, 8)) key.rules.deferrable = true;
            if (is_true(row, 9)) key.rules.initially = "DEFERRED";
            if (text_at(row, 10) == "f") key.rules.match = "FULL";
        }
        keys.back().columns.push_back(text_at(row, 1));
        keys.back().referred_columns.push_back(text_at(row, 4));
    }
    return keys;
}

std::vector<ReflectedIndex> PostgresqlCatalog::indexes(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedIndex> indexes;
    for (const auto& row : database.rows(
             "SELECT ic.relname, i.indisunique, am.amname, pg_catalog.pg_get_expr(i.indpred, i.indrelid), a.attname, "
             "pg_catalog.pg_get_indexdef(i.indexrelid, k.place, true), k.place > i.indnkeyatts, "
             "k.place <= i.indnkeyatts AND (CAST(i.indoption AS INT2[]))[k.place - 1] & 1 = 1, con.conname "
             "FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid "
             "JOIN pg_catalog.pg_am am ON am.oid = ic.relam "
             "CROSS JOIN LATERAL generate_series(1, CAST(i.indnatts AS INTEGER)) AS k(place) "
             "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid "
             "AND a.attnum = (CAST(i.indkey AS INT2[]))[k.place - 1] AND a.attnum > 0 "
             "LEFT JOIN pg_catalog.pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('u', 'x') "
             "WHERE NOT i.indisprimary AND i.indrelid = " +
             oid_of(database.dialect(), table) + " ORDER BY ic.relname, k.place")) {
        auto& index = last_named(indexes, text_at(row, 0), &ReflectedIndex::name);
        index.unique = is_true(row, 1);
        if (text_at(row, 2) != "btree") index.method = text_at(row, 2);
        index.where = without_outer_parentheses(text_at(row, 3));
        index.duplicates_constraint = text_at(row, 8);
        if (is_true(row, 6)) {
            index.included.push_back(text_at(row, 4));
            continue;
        }
        auto& item = index.items.emplace_back();
        item.column = text_at(row, 4);
        if (item.column.empty()) item.expression = text_at(row, 5);
        item.descending = is_true(row, 7);
    }
    return indexes;
}

}  // namespace

const Catalog& postgresql_catalog() {
    static const PostgresqlCatalog catalog;
    return catalog;
}

}  // namespace aludel::dialects
