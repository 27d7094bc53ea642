// What PostgreSQL says about its tables, from pg_catalog.
#include <aludel/sql/compile/dialect.hpp>
#include <aludel/sql/schema/catalog.hpp>

#include "dialects/catalog_rows.hpp"
#include "dialects/catalogs.hpp"
#include "dialects/reflected_types.hpp"

#include <aludel/sql/schema/enum_type.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
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

// Enumerations by the text that the database writes for them.
using Enumerations = std::map<std::string, SqlType, std::less<>>;

SqlType type_of_text(std::string_view written, const Enumerations& enumerations) {
    if (written.ends_with("[]")) {
        const auto item = written.substr(0, written.size() - 2);
        return detail::array_type(type_of_text(item, enumerations), 0);
    }
    if (const auto found = enumerations.find(written); found != enumerations.end()) return found->second;
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

DialectOption option_of(std::string_view name, std::string_view text) {
    return dialect_option("postgresql", name, text);
}

// `fillfactor=70` in each line.
void add_parameters(DialectOptions& options, const std::string& lines) {
    DialectOption with = option_of("with", "");
    for (std::size_t start = 0; start < lines.size();) {
        const auto end = std::min(lines.find('\n', start), lines.size());
        const auto line = std::string_view(lines).substr(start, end - start);
        const auto equals = std::min(line.find('='), line.size());
        with.parts.emplace_back(line.substr(0, equals), line.substr(std::min(equals + 1, line.size())));
        start = end + 1;
    }
    if (!with.parts.empty()) options.add(std::move(with));
}

template <class Constraint>
void read_deferral(Constraint& constraint, const CatalogRow& row, std::size_t first) {
    if (is_true(row, first)) constraint.deferrable = true;
    if (is_true(row, first + 1)) constraint.initially = "DEFERRED";
}

// The rows of a table's constraints of one kind, in the order of the constraint's columns: name, column, deferrable,
// deferred, NULLs are equal. The last is asked for as JSON, since only newer servers have it.
CatalogRows key_rows(SchemaExecutor& database, QualifiedName table, char kind) {
    return database.rows(
        "SELECT con.conname, a.attname, con.condeferrable, con.condeferred, "
        "(SELECT pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' FROM pg_catalog.pg_index i "
        "WHERE i.indexrelid = con.conindid) FROM pg_catalog.pg_constraint con "
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
            read_deferral(key, row, 2);
            key.columns.push_back(text_at(row, 1));
        }
        return key;
    }
    std::vector<ReflectedForeignKey> foreign_keys(SchemaExecutor& database, QualifiedName table) const override;
    std::vector<ReflectedUnique> unique_constraints(SchemaExecutor& database, QualifiedName table) const override {
        std::vector<ReflectedUnique> uniques;
        for (const auto& row : key_rows(database, table, 'u')) {
            auto& unique = last_named(uniques, text_at(row, 0), &ReflectedUnique::name);
            unique.columns.push_back(text_at(row, 1));
            read_deferral(unique, row, 2);
            if (is_true(row, 4)) unique.options.add(option_of("nulls_not_distinct", "1"));
        }
        return uniques;
    }
    std::vector<ReflectedCheck> check_constraints(SchemaExecutor& database, QualifiedName table) const override {
        std::vector<ReflectedCheck> checks;
        for (const auto& row : database.rows("SELECT conname, pg_catalog.pg_get_expr(conbin, conrelid), convalidated "
                                             "FROM pg_catalog.pg_constraint WHERE contype = 'c' AND conrelid = " +
                                             oid_of(database.dialect(), table) + " ORDER BY conname")) {
            auto& check = checks.emplace_back();
            check.name = text_at(row, 0);
            check.sql = without_outer_parentheses(text_at(row, 1));
            if (!is_true(row, 2)) check.options.add(option_of("not_valid", "1"));
        }
        return checks;
    }
    std::vector<ReflectedIndex> indexes(SchemaExecutor& database, QualifiedName table) const override;
    std::optional<std::string> table_comment(SchemaExecutor& database, QualifiedName table) const override {
        return database.rows("SELECT pg_catalog.obj_description(" + oid_of(database.dialect(), table) +
                             ", 'pg_class')")[0][0];
    }
    DialectOptions table_options(SchemaExecutor& database, QualifiedName table) const override;
};

// Every enumeration that a column of the table or the items of one are.
Enumerations enumerations_of(SchemaExecutor& database, QualifiedName table) {
    std::vector<std::pair<std::string, detail::EnumDraft>> drafts;
    for (const auto& row : database.rows(
             "SELECT pg_catalog.format_type(t.oid, NULL), t.typname, "
             "CASE WHEN pg_catalog.pg_type_is_visible(t.oid) THEN '' ELSE n.nspname END, e.enumlabel "
             "FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
             "JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid WHERE t.oid IN ("
             "SELECT CASE WHEN ct.typelem <> 0 THEN ct.typelem WHEN ct.typtype = 'd' THEN ct.typbasetype "
             "ELSE ct.oid END FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type ct ON ct.oid = a.atttypid "
             "WHERE a.attrelid = " +
             oid_of(database.dialect(), table) + ") ORDER BY t.oid, e.enumsortorder")) {
        if (drafts.empty() || drafts.back().first != text_at(row, 0)) {
            auto& draft = drafts.emplace_back(text_at(row, 0), detail::EnumDraft()).second;
            draft.details.type_name = text_at(row, 1);
            draft.details.type_schema = text_at(row, 2);
        }
        drafts.back().second.words.push_back(text_at(row, 3));
    }
    Enumerations enumerations;
    for (const auto& [written, draft] : drafts) enumerations.emplace(written, draft.type(nullptr));
    return enumerations;
}

// The numbers of an identity column's sequence, from the place `first` in a row.
Identity identity_of(const CatalogRow& row, std::size_t first, bool always) {
    Identity identity{.always = always};
    identity.start = number_at(row, first);
    identity.increment = number_at(row, first + 1);
    identity.minvalue = number_at(row, first + 2);
    identity.maxvalue = number_at(row, first + 3);
    identity.cycle = is_true(row, first + 4);
    identity.cache = number_at(row, first + 5);
    return identity;
}

// The columns of `columns_query`, in its order.
enum ColumnAt : std::uint8_t {
    at_name,
    at_type,
    at_domain_type,
    at_default,
    at_not_null,
    at_generated,
    at_identity,
    at_comment,
    at_collation,
    at_sequence_schema,
    at_sequence,
    at_sequence_is_own,
    at_start,
};

// A column of a domain has the type below it, and the default of the domain. A sequence is the column's own where the
// column owns it, or is an identity.
std::string columns_query(const Dialect& dialect, QualifiedName table) {
    return "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), "
           "CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END, "
           "COALESCE(pg_catalog.pg_get_expr(d.adbin, d.adrelid), t.typdefault), a.attnotnull OR t.typnotnull, "
           "CAST(a.attgenerated AS TEXT), CAST(a.attidentity AS TEXT), "
           "pg_catalog.col_description(a.attrelid, a.attnum), co.collname, "
           "CASE WHEN pg_catalog.pg_table_is_visible(sc.oid) THEN '' ELSE sn.nspname END, sc.relname, "
           "EXISTS (SELECT 1 FROM pg_catalog.pg_depend o WHERE o.objid = sc.oid AND o.refobjid = a.attrelid "
           "AND o.refobjsubid = a.attnum AND o.deptype IN ('a', 'i')), "
           "s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcycle, s.seqcache "
           "FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
           "LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
           "LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation "
           "LEFT JOIN LATERAL (SELECT x.oid, x.relname, x.relnamespace FROM pg_catalog.pg_depend p "
           "JOIN pg_catalog.pg_class x ON x.relkind = 'S' AND "
           "((p.objid = d.oid AND p.refobjid = x.oid) OR (a.attidentity <> '' AND p.objid = x.oid AND "
           "p.refobjid = a.attrelid AND p.refobjsubid = a.attnum AND p.deptype = 'i')) LIMIT 1) sc ON true "
           "LEFT JOIN pg_catalog.pg_namespace sn ON sn.oid = sc.relnamespace "
           "LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = sc.oid WHERE a.attrelid = " +
           oid_of(dialect, table) + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
}

// Who numbers the column: itself, or a sequence that it shares with others or only borrows.
void read_numbering(ReflectedColumn& column, const CatalogRow& row) {
    const auto identity = text_at(row, at_identity);
    const bool own = is_true(row, at_sequence_is_own);
    const bool counted = column.server_default.value_or("").starts_with("nextval(");
    column.autoincrement = !identity.empty() || (counted && own);
    if (!identity.empty()) column.identity = identity_of(row, at_start, identity == "a");
    if (counted && row[at_sequence])
        column.sequence = SequenceDraft{.name = text_at(row, at_sequence), .schema = text_at(row, at_sequence_schema)};
}

std::vector<ReflectedColumn> PostgresqlCatalog::columns(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedColumn> columns;
    const auto enumerations = enumerations_of(database, table);
    for (const auto& row : database.rows(columns_query(database.dialect(), table))) {
        auto& column = columns.emplace_back();
        column.name = text_at(row, at_name);
        column.type_text = text_at(row, at_type);
        column.type = type_of_text(row[at_domain_type].value_or(column.type_text), enumerations);
        if (row[at_collation]) column.type = detail::add_collation(column.type, *row[at_collation]);
        column.nullable = !is_true(row, at_not_null);
        column.comment = text_at(row, at_comment);
        if (text_at(row, at_generated) == "s")
            column.computed = ComputedDraft{without_outer_parentheses(text_at(row, at_default)), true};
        else
            column.server_default = row[at_default];
        read_numbering(column, row);
    }
    return columns;
}

// A table that the search path finds is named without its schema, unless the schema was asked for.
std::vector<ReflectedForeignKey> PostgresqlCatalog::foreign_keys(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedForeignKey> keys;
    for (const auto& row : database.rows(
             "SELECT con.conname, a.attname, n.nspname, c.relname, r.attname, pg_catalog.pg_table_is_visible(c.oid), "
             "CAST(con.confdeltype AS TEXT), CAST(con.confupdtype AS TEXT), con.condeferrable, con.condeferred, "
             "CAST(con.confmatchtype AS TEXT), con.convalidated FROM pg_catalog.pg_constraint con "
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
            read_deferral(key.rules, row, 8);
            if (text_at(row, 10) == "f") key.rules.match = "FULL";
            if (!is_true(row, 11)) key.rules.options.add(option_of("not_valid", "1"));
        }
        keys.back().columns.push_back(text_at(row, 1));
        keys.back().referred_columns.push_back(text_at(row, 4));
    }
    return keys;
}

// The columns of `indexes_query`, in its order.
enum IndexAt : std::uint8_t {
    at_index,
    at_unique,
    at_method,
    at_where,
    at_column,
    at_definition,
    at_is_included,
    at_order,
    at_constraint,
    at_class,
    at_parameters,
    at_tablespace,
    at_nulls_equal,
};

// A row for each column of each index.
std::string indexes_query(const Dialect& dialect, QualifiedName table) {
    return "SELECT ic.relname, i.indisunique, am.amname, pg_catalog.pg_get_expr(i.indpred, i.indrelid), a.attname, "
           "pg_catalog.pg_get_indexdef(i.indexrelid, k.place, true), k.place > i.indnkeyatts, "
           "CASE WHEN k.place <= i.indnkeyatts THEN (CAST(i.indoption AS INT2[]))[k.place - 1] END, con.conname, "
           "CASE WHEN NOT oc.opcdefault THEN oc.opcname END, pg_catalog.array_to_string(ic.reloptions, E'\\n'), "
           "ts.spcname, pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' "
           "FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid "
           "JOIN pg_catalog.pg_am am ON am.oid = ic.relam "
           "CROSS JOIN LATERAL generate_series(1, CAST(i.indnatts AS INTEGER)) AS k(place) "
           "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid "
           "AND a.attnum = (CAST(i.indkey AS INT2[]))[k.place - 1] AND a.attnum > 0 "
           "LEFT JOIN pg_catalog.pg_opclass oc ON oc.oid = (CAST(i.indclass AS OID[]))[k.place - 1] "
           "AND k.place <= i.indnkeyatts "
           "LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = ic.reltablespace "
           "LEFT JOIN pg_catalog.pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('u', 'x') "
           "WHERE NOT i.indisprimary AND i.indrelid = " +
           oid_of(dialect, table) + " ORDER BY ic.relname, k.place";
}

// What an index says of itself as a whole.
void read_index(ReflectedIndex& index, const CatalogRow& row) {
    index.unique = is_true(row, at_unique);
    index.duplicates_constraint = text_at(row, at_constraint);
    if (text_at(row, at_method) != "btree") index.options.add(option_of("using", text_at(row, at_method)));
    if (is_true(row, at_nulls_equal)) index.options.add(option_of("nulls_not_distinct", "1"));
    add_parameters(index.options, text_at(row, at_parameters));
    if (row[at_tablespace]) index.options.add(option_of("tablespace", *row[at_tablespace]));
    if (!row[at_where]) return;
    DialectOption where = option_of("where", "");
    where.sql = detail::raw_sql_node(without_outer_parentheses(*row[at_where]));
    index.options.add(std::move(where));
}

// Adds to an option that says something of each column.
void add_part(DialectOptions& options, std::string_view name, std::string column, std::string value) {
    const auto* known = options.find("postgresql", name);
    DialectOption option = known ? *known : option_of(name, "");
    option.parts.emplace_back(std::move(column), std::move(value));
    options.add(std::move(option));
}

// One column of an index, or an expression. Bits of its order: falling, NULLs first.
void read_item(ReflectedIndex& index, const CatalogRow& row) {
    const auto column = text_at(row, at_column);
    if (is_true(row, at_is_included)) return add_part(index.options, "include", column, "");
    auto& item = index.items.emplace_back();
    const auto bits = number_at(row, at_order);
    const auto operators = text_at(row, at_class);
    item.column = column;
    item.descending = (bits & 1) != 0;
    const bool nulls_first = (bits & 2) != 0;
    if (nulls_first != item.descending) item.nulls = nulls_first ? NullsOrder::first : NullsOrder::last;
    if (column.empty())
        item.expression = text_at(row, at_definition) + (operators.empty() ? "" : ' ' + operators);
    else if (!operators.empty())
        add_part(index.options, "ops", column, operators);
}

std::vector<ReflectedIndex> PostgresqlCatalog::indexes(SchemaExecutor& database, QualifiedName table) const {
    std::vector<ReflectedIndex> indexes;
    for (const auto& row : database.rows(indexes_query(database.dialect(), table))) {
        auto& index = last_named(indexes, text_at(row, at_index), &ReflectedIndex::name);
        if (index.items.empty()) read_index(index, row);
        read_item(index, row);
    }
    return indexes;
}

DialectOptions PostgresqlCatalog::table_options(SchemaExecutor& database, QualifiedName table) const {
    DialectOptions options;
    const auto oid = oid_of(database.dialect(), table);
    const auto rows = database.rows(
        "SELECT pg_catalog.pg_get_partkeydef(c.oid), pg_catalog.array_to_string(c.reloptions, E'\\n'), ts.spcname "
        "FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace "
        "WHERE c.relkind IN ('r', 'p') AND c.oid = " +
        oid);
    if (rows.empty()) return options;
    if (rows[0][0]) options.add(option_of("partition_by", *rows[0][0]));
    add_parameters(options, text_at(rows[0], 1));
    if (rows[0][2]) options.add(option_of("tablespace", *rows[0][2]));
    return options;
}

}  // namespace

const Catalog& postgresql_catalog() {
    static const PostgresqlCatalog catalog;
    return catalog;
}

}  // namespace aludel::dialects
