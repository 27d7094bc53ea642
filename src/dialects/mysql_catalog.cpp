// What MySQL and MariaDB say about their tables, from information_schema.
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/schema/catalog.hpp>

#include "dialects/catalog_rows.hpp"
#include "dialects/catalogs.hpp"
#include "dialects/reflected_types.hpp"

#include <utility>

namespace aludel::dialects {

namespace {

std::string schema_text(const Dialect& dialect, std::string_view schema) {
    return schema.empty() ? std::string("DATABASE()") : dialect.string_literal(schema);
}

// `table_schema = … AND table_name = …`, with the prefix of the view that the columns belong to.
std::string is_table(const Dialect& dialect, QualifiedName table, const std::string& prefix = {}) {
    return prefix + "table_schema = " + schema_text(dialect, table.schema) + " AND " + prefix +
           "table_name = " + dialect.string_literal(table.name);
}

std::vector<std::string> tables_of_type(SchemaExecutor& database, std::string_view schema, std::string_view types) {
    return first_column(database.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = " +
                                      schema_text(database.dialect(), schema) + " AND table_type IN (" +
                                      std::string(types) + ") ORDER BY table_name"));
}

bool is_mariadb(SchemaExecutor& database) {
    const auto rows = database.rows("SELECT VERSION()");
    return !rows.empty() && text_at(rows[0], 0).find("MariaDB") != std::string::npos;
}

constexpr NamedType mysql_types[] = {
    {"SMALLINT", SMALLINT.sql_type()},
    {"INT", INTEGER.sql_type()},
    {"BIGINT", BIGINT.sql_type()},
    {"TINYINT", {.kind = TypeKind::small_integer, .name = "TINYINT"}},
    {"MEDIUMINT", {.kind = TypeKind::integer, .name = "MEDIUMINT"}},
    {"DECIMAL", DECIMAL.sql_type()},
    {"FLOAT", FLOAT.sql_type()},
    {"DOUBLE", DOUBLE.sql_type()},
    {"VARCHAR", VARCHAR.sql_type()},
    {"CHAR", CHAR.sql_type()},
    {"TEXT", TEXT.sql_type()},
    {"TINYTEXT", {.kind = TypeKind::text, .name = "TINYTEXT"}},
    {"MEDIUMTEXT", {.kind = TypeKind::text, .name = "MEDIUMTEXT"}},
    {"LONGTEXT", {.kind = TypeKind::text, .name = "LONGTEXT"}},
    {"BLOB", BLOB.sql_type()},
    {"TINYBLOB", {.kind = TypeKind::large_binary, .name = "TINYBLOB"}},
    {"MEDIUMBLOB", {.kind = TypeKind::large_binary, .name = "MEDIUMBLOB"}},
    {"LONGBLOB", {.kind = TypeKind::large_binary, .name = "LONGBLOB"}},
    {"BINARY", BINARY.sql_type()},
    {"VARBINARY", VARBINARY.sql_type()},
    {"DATE", DATE.sql_type()},
    {"TIME", TIME.sql_type()},
    {"DATETIME", DATETIME.sql_type()},
    {"TIMESTAMP", TIMESTAMP.sql_type()},
    {"JSON", {.kind = TypeKind::json, .name = "JSON"}},
    {"UUID", {.kind = TypeKind::uuid, .name = "UUID"}},
};

// Words behind the name, such as UNSIGNED, and the words of an enumeration make a type that is known by its text only.
SqlType type_of_text(const std::string& written) {
    const WrittenType type = take_type_apart(written);
    const SqlType* known = find_type(mysql_types, type.name);
    return known ? with_arguments(*known, type.arguments) : type_by_name(written);
}

// NO ACTION and RESTRICT are the same there; both are the default, which is left unsaid.
std::string action_of(const std::string& rule) { return rule == "NO ACTION" || rule == "RESTRICT" ? "" : rule; }

class MysqlCatalog final : public Catalog {
  public:
    std::string default_schema(SchemaExecutor& database) const override {
        const auto rows = database.rows("SELECT DATABASE()");
        return rows.empty() ? std::string{} : text_at(rows[0], 0);
    }
    std::vector<std::string> schema_names(SchemaExecutor& database) const override {
        return first_column(database.rows("SELECT schema_name FROM information_schema.schemata ORDER BY schema_name"));
    }
    std::vector<std::string> table_names(SchemaExecutor& database, std::string_view schema) const override {
        return tables_of_type(database, schema, "'BASE TABLE', 'SYSTEM VERSIONED'");
    }
    std::vector<std::string> view_names(SchemaExecutor& database, std::string_view schema) const override {
        return tables_of_type(database, schema, "'VIEW', 'SYSTEM VIEW'");
    }
    /// The server lists those of a connection nowhere (MariaDB does from 11.2 on).
    std::vector<std::string> temporary_table_names(SchemaExecutor& database) const override {
        return tables_of_type(database, {}, "'TEMPORARY'");
    }
    std::vector<std::string> temporary_view_names(SchemaExecutor&) const override { return {}; }
    std::vector<std::string> sequence_names(SchemaExecutor& database, std::string_view schema) const override {
        return tables_of_type(database, schema, "'SEQUENCE'");
    }
    std::optional<std::string> view_definition(SchemaExecutor& database, QualifiedName view) const override {
        const auto rows = database.rows("SELECT view_definition FROM information_schema.views WHERE " +
                                        is_table(database.dialect(), view));
        return rows.empty() ? std::nullopt : rows[0][0];
    }

    std::vector<ReflectedColumn> columns(SchemaExecutor& database, QualifiedName table) const override;
    ReflectedPrimaryKey primary_key(SchemaExecutor& database, QualifiedName table) const override {
        ReflectedPrimaryKey key;
        for (const auto& row :
             database.rows("SELECT column_name FROM information_schema.statistics WHERE " +
                           is_table(database.dialect(), table) + " AND index_name = 'PRIMARY' ORDER BY seq_in_index"))
            key.columns.push_back(text_at(row, 0));
        return key;
    }
    std::vector<ReflectedForeignKey> foreign_keys(SchemaExecutor& database, QualifiedName table) const override;
    std::vector<ReflectedUnique> unique_constraints(SchemaExecutor& database, QualifiedName table) const override;
    std::vector<ReflectedCheck> check_constraints(SchemaExecutor& database, QualifiedName table) const override;
    std::vector<ReflectedIndex> indexes(SchemaExecutor& database, QualifiedName table) const override;
    std::optional<std::string> table_comment(SchemaExecutor& database, QualifiedName table) const override {
        const auto rows = database.rows("SELECT NULLIF(table_comment, '') FROM information_schema.tables WHERE " +
                                        is_table(database.dialect(), table));
        return rows.empty() ? std::nullopt : rows[0][0];
    }
};

// MariaDB keeps a default as SQL, and writes NULL where there is none; MySQL keeps a constant without its quotes.
std::optional<std::string> default_of(const Dialect& dialect, const CatalogRow& row, bool mariadb) {
    const auto& kept = row[3];
    const auto extra = text_at(row, 4);
    if (!kept || (mariadb && *kept == "NULL")) return std::nullopt;
    const bool is_sql = mariadb || extra.find("DEFAULT_GENERATED") != std::string::npos;
    return is_sql ? *kept : dialect.string_literal(*kept);
}

std::vector<ReflectedColumn> MysqlCatalog::columns(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedColumn> columns;
    const bool mariadb = is_mariadb(database);
    for (const auto& row :
         database.rows("SELECT column_name, column_type, is_nullable, column_default, extra, generation_expression, "
                       "column_comment FROM information_schema.columns WHERE " +
                       is_table(database.dialect(), table) + " ORDER BY ordinal_position")) {
        auto& column = columns.emplace_back();
        column.name = text_at(row, 0);
        column.type_text = text_at(row, 1);
        column.type = type_of_text(column.type_text);
        column.nullable = is_true(row, 2);
        column.comment = text_at(row, 6);
        const auto extra = text_at(row, 4);
        column.autoincrement = extra.find("auto_increment") != std::string::npos;
        if (!text_at(row, 5).empty())
            column.computed = ComputedDraft{text_at(row, 5), extra.find("STORED") != std::string::npos};
        else
            column.server_default = default_of(database.dialect(), row, mariadb);
    }
    return columns;
}

std::vector<ReflectedForeignKey> MysqlCatalog::foreign_keys(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedForeignKey> keys;
    for (const auto& row : database.rows(
             "SELECT k.constraint_name, k.column_name, NULLIF(k.referenced_table_schema, k.table_schema), "
             "k.referenced_table_name, k.referenced_column_name, r.delete_rule, r.update_rule, k.table_schema "
             "FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r "
             "ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name "
             "AND r.table_name = k.table_name WHERE " +
             is_table(database.dialect(), table, "k.") + " ORDER BY k.constraint_name, k.ordinal_position")) {
        if (keys.empty() || keys.back().rules.name != text_at(row, 0)) {
            auto& key = keys.emplace_back();
            key.rules.name = text_at(row, 0);
            // In the schema of the table itself it is named as the table was.
            key.referred_schema = row[2] ? *row[2] : std::string(table.schema);
            key.referred_table = text_at(row, 3);
            key.rules.ondelete = action_of(text_at(row, 5));
            key.rules.onupdate = action_of(text_at(row, 6));
        }
        keys.back().columns.push_back(text_at(row, 1));
        keys.back().referred_columns.push_back(text_at(row, 4));
    }
    return keys;
}

// There a unique constraint is a unique index.
std::vector<ReflectedUnique> MysqlCatalog::unique_constraints(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedUnique> uniques;
    for (const auto& row :
         database.rows("SELECT k.constraint_name, k.column_name FROM "
                       "information_schema.key_column_usage k JOIN "
                       "information_schema.table_constraints c ON c.constraint_schema = "
                       "k.constraint_schema AND c.constraint_name = k.constraint_name AND "
                       "c.table_name = k.table_name AND c.table_schema = k.table_schema WHERE "
                       "c.constraint_type = 'UNIQUE' AND " +
                       is_table(database.dialect(), table, "k.") + " ORDER BY k.constraint_name, k.ordinal_position"))
        last_named(uniques, text_at(row, 0), &ReflectedUnique::name).columns.push_back(text_at(row, 1));
    return uniques;
}

std::vector<ReflectedCheck> MysqlCatalog::check_constraints(SchemaExecutor& database, QualifiedName table) const {
    const Dialect& dialect = database.dialect();
    const auto query =
        is_mariadb(database)
            ? "SELECT constraint_name, check_clause FROM information_schema.check_constraints WHERE "
              "constraint_schema = " +
                  schema_text(dialect, table.schema) + " AND table_name = " + dialect.string_literal(table.name)
            : "SELECT k.constraint_name, k.check_clause FROM information_schema.check_constraints k JOIN "
              "information_schema.table_constraints c ON c.constraint_schema = k.constraint_schema AND "
              "c.constraint_name = k.constraint_name WHERE c.constraint_type = 'CHECK' AND " +
                  is_table(dialect, table, "c.");
    std::vector<ReflectedCheck> checks;
    for (const auto& row : database.rows(query + " ORDER BY 1")) checks.push_back({text_at(row, 0), text_at(row, 1)});
    return checks;
}

std::vector<ReflectedIndex> MysqlCatalog::indexes(SchemaExecutor& database, QualifiedName table) const {
    // MariaDB has no indexes over expressions, and no column for them.
    const std::string expression = is_mariadb(database) ? "NULL" : "expression";
    std::vector<ReflectedIndex> indexes;
    for (const auto& row :
         database.rows("SELECT index_name, non_unique, column_name, collation, index_type, " + expression +
                       " FROM "
                       "information_schema.statistics WHERE index_name <> 'PRIMARY' AND " +
                       is_table(database.dialect(), table) + " ORDER BY index_name, seq_in_index")) {
        auto& index = last_named(indexes, text_at(row, 0), &ReflectedIndex::name);
        index.unique = text_at(row, 1) == "0";
        if (index.unique) index.duplicates_constraint = index.name;
        if (text_at(row, 4) != "BTREE") index.method = text_at(row, 4);
        auto& item = index.items.emplace_back();
        item.column = text_at(row, 2);
        item.expression = text_at(row, 5);
        item.descending = text_at(row, 3) == "D";
    }
    return indexes;
}

}  // namespace

const Catalog& mysql_catalog() {
    static const MysqlCatalog catalog;
    return catalog;
}

}  // namespace aludel::dialects
