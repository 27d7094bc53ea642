// What MySQL and MariaDB say about their tables, from information_schema.
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/schema/catalog.hpp>

#include "dialects/catalog_rows.hpp"
#include "dialects/catalogs.hpp"
#include "dialects/reflected_types.hpp"

#include <aludel/dialects/mysql.hpp>

#include <algorithm>
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

// The words of `enum('a','it''s')`.
std::vector<std::string> words_in(std::string_view written) {
    std::vector<std::string> words;
    bool inside = false;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const bool doubled = inside && written[i] == '\'' && i + 1 < written.size() && written[i + 1] == '\'';
        if (written[i] != '\'' || doubled) {
            if (inside) words.back() += written[i];
            i += doubled ? 1 : 0;
            continue;
        }
        inside = !inside;
        if (inside) words.emplace_back();
    }
    return words;
}

bool take_last_word(std::string& name, std::string_view word) {
    if (!name.ends_with(word)) return false;
    name.resize(name.size() - word.size());
    return true;
}

// The width that the server gives an integer by itself, which says nothing.
int usual_width(std::string_view name, bool is_unsigned) {
    constexpr struct {
        std::string_view name;
        int width;
    } widths[] = {{"TINYINT", 4}, {"SMALLINT", 6}, {"MEDIUMINT", 9}, {"INT", 11}};
    for (const auto& known : widths)
        if (known.name == name) return known.width - (is_unsigned ? 1 : 0);
    return name == "BIGINT" ? 20 : 0;
}

// What stands behind the name, such as UNSIGNED, belongs to a type that only this database has.
SqlType type_of_text(const std::string& written) {
    WrittenType type = take_type_apart(written);
    TypeDetails details;
    if (type.name == "ENUM" || type.name == "SET") {
        details.words = words_in(written);
        return type.name == "SET" ? mysql::detail::words_type(TypeKind::set, "SET", std::move(details))
                                  : mysql::detail::words_type(TypeKind::enum_, "ENUM", std::move(details));
    }
    details.zerofill = take_last_word(type.name, " ZEROFILL");
    details.is_unsigned = take_last_word(type.name, " UNSIGNED");
    const SqlType* known = find_type(mysql_types, type.name);
    if (!known) return type_by_name(written);
    SqlType made = with_arguments(*known, type.arguments);
    const bool has_width = made.is_integer() && !type.arguments.empty();
    if (has_width && type.arguments[0] != usual_width(type.name, details.is_unsigned)) made.length = type.arguments[0];
    if (details == TypeDetails()) return made;
    made.details = intern_details(std::move(details));
    return detail::vendor_type(made, "mysql");
}

// A text whose character set or collation is not that of its table says so.
SqlType with_collation(SqlType type, const CatalogRow& row, std::size_t first) {
    const auto collation = text_at(row, first);
    if (collation.empty() || collation == text_at(row, first + 1)) return type;
    return with_details(type, [&](TypeDetails& details) { details.collation = collation; });
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
    DialectOptions table_options(SchemaExecutor& database, QualifiedName table) const override;
};

// MariaDB keeps a default as SQL, and writes NULL where there is none; MySQL keeps a constant without its quotes, and
// an expression without the parentheses that it wants around all but the time.
std::optional<std::string> kept_default(const Dialect& dialect, const CatalogRow& row, bool mariadb) {
    const auto& kept = row[3];
    if (!kept || (mariadb && *kept == "NULL")) return std::nullopt;
    if (mariadb) return kept;
    const bool is_sql = text_at(row, 4).find("DEFAULT_GENERATED") != std::string::npos;
    if (!is_sql) return dialect.string_literal(*kept);
    return kept->starts_with("CURRENT_TIMESTAMP") ? *kept : '(' + *kept + ')';
}

// With what an UPDATE sets the column to, which is part of the same clause.
std::optional<std::string> default_of(const Dialect& dialect, const CatalogRow& row, bool mariadb) {
    auto kept = kept_default(dialect, row, mariadb);
    const auto extra = text_at(row, 4);
    const auto update = extra.find("on update ");
    if (update == std::string::npos) return kept;
    return kept.value_or("NULL") + " ON UPDATE " + extra.substr(update + 10);
}

std::vector<ReflectedColumn> MysqlCatalog::columns(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedColumn> columns;
    const bool mariadb = is_mariadb(database);
    for (const auto& row :
         database.rows("SELECT c.column_name, c.column_type, c.is_nullable, c.column_default, c.extra, "
                       "c.generation_expression, c.column_comment, c.collation_name, t.table_collation "
                       "FROM information_schema.columns c JOIN information_schema.tables t "
                       "ON t.table_schema = c.table_schema AND t.table_name = c.table_name WHERE " +
                       is_table(database.dialect(), table, "c.") + " ORDER BY c.ordinal_position")) {
        auto& column = columns.emplace_back();
        column.name = text_at(row, 0);
        column.type_text = text_at(row, 1);
        column.type = with_collation(type_of_text(column.type_text), row, 7);
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

// There a unique constraint is a unique index that says nothing more.
std::vector<ReflectedUnique> MysqlCatalog::unique_constraints(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedUnique> uniques;
    for (const auto& index : indexes(database, table)) {
        if (index.duplicates_constraint.empty()) continue;
        auto& unique = uniques.emplace_back();
        unique.name = index.name;
        for (const auto& item : index.items) unique.columns.push_back(item.column);
    }
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

bool is_plain(const ReflectedIndex& index) {
    return index.options.empty() && std::all_of(index.items.begin(), index.items.end(), [](const auto& item) {
               return !item.column.empty() && !item.descending;
           });
}

// FULLTEXT and SPATIAL are kinds of an index, HASH is its method.
void read_kind(ReflectedIndex& index, const std::string& kind) {
    if (kind == "FULLTEXT" || kind == "SPATIAL") index.options.add(dialect_option("mysql", "prefix", kind));
    if (kind == "HASH") index.options.add(dialect_option("mysql", "using", "hash"));
}

// How much of the column the index holds; a SPATIAL one says a number of its own.
void read_length(ReflectedIndex& index, const std::string& column, const std::string& length) {
    if (length.empty() || index.options.text("mysql", "prefix") == "SPATIAL") return;
    const auto* known = index.options.find("mysql", "length");
    DialectOption lengths = known ? *known : dialect_option("mysql", "length", "");
    lengths.parts.emplace_back(column, length);
    index.options.add(std::move(lengths));
}

std::vector<ReflectedIndex> MysqlCatalog::indexes(SchemaExecutor& database, QualifiedName table) const {
    // MariaDB has no indexes over expressions, and no column for them.
    const std::string expression = is_mariadb(database) ? "NULL" : "expression";
    std::vector<ReflectedIndex> indexes;
    for (const auto& row :
         database.rows("SELECT index_name, non_unique, column_name, collation, index_type, sub_part, " + expression +
                       " FROM information_schema.statistics WHERE index_name <> 'PRIMARY' AND " +
                       is_table(database.dialect(), table) + " ORDER BY index_name, seq_in_index")) {
        auto& index = last_named(indexes, text_at(row, 0), &ReflectedIndex::name);
        index.unique = text_at(row, 1) == "0";
        read_kind(index, text_at(row, 4));
        read_length(index, text_at(row, 2), text_at(row, 5));
        auto& item = index.items.emplace_back();
        item.column = text_at(row, 2);
        item.expression = text_at(row, 6);
        item.descending = text_at(row, 3) == "D";
    }
    for (auto& index : indexes)
        if (index.unique && is_plain(index)) index.duplicates_constraint = index.name;
    return indexes;
}

// `row_format=COMPRESSED key_block_size=8`: what a CREATE TABLE said beside its engine. What is no plain word is not
// read.
void add_create_options(DialectOptions& options, std::string_view text) {
    const auto is_plain_word = [](std::string_view word) {
        return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        });
    };
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find(' ', start), text.size());
        const auto word = text.substr(start, end - start);
        const auto equals = std::min(word.find('='), word.size());
        const auto name = word.substr(0, equals), value = word.substr(std::min(equals + 1, word.size()));
        if (is_plain_word(name) && is_plain_word(value)) options.add(dialect_option("mysql", name, value));
        start = end + 1;
    }
}

DialectOptions MysqlCatalog::table_options(SchemaExecutor& database, QualifiedName table) const {
    DialectOptions options;
    const auto rows =
        database.rows("SELECT engine, table_collation, create_options FROM information_schema.tables WHERE " +
                      is_table(database.dialect(), table) + " AND table_type <> 'VIEW'");
    if (rows.empty()) return options;
    if (rows[0][0]) options.add(dialect_option("mysql", "engine", *rows[0][0]));
    if (rows[0][1]) options.add(dialect_option("mysql", "collate", *rows[0][1]));
    add_create_options(options, text_at(rows[0], 2));
    return options;
}

}  // namespace

const Catalog& mysql_catalog() {
    static const MysqlCatalog catalog;
    return catalog;
}

}  // namespace aludel::dialects
