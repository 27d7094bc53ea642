#include "dialects/existence.hpp"
#include <aludel/sql/compile/dialect.hpp>

namespace aludel::dialects {

std::vector<std::string> sqlite_has_table(const Dialect& dialect, std::string_view name, std::string_view schema) {
    const auto query = [&](const std::string& database) {
        return "PRAGMA " + database + ".table_info(" + dialect.quote_always(name) + ')';
    };
    if (!schema.empty()) return {query(dialect.quote_always(schema))};
    return {query("main"), query("temp")};
}

std::vector<std::string> postgresql_has_table(const Dialect& dialect, std::string_view name, std::string_view schema) {
    const auto where = schema.empty() ? std::string("pg_catalog.pg_table_is_visible(c.oid)")
                                      : "n.nspname = " + dialect.string_literal(schema);
    return {
        "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE " +
        where + " AND c.relname = " + dialect.string_literal(name)};
}

std::vector<std::string> mysql_has_table(const Dialect& dialect, std::string_view name, std::string_view schema) {
    const auto in_schema = schema.empty() ? std::string("DATABASE()") : dialect.string_literal(schema);
    return {"SELECT table_name FROM information_schema.tables WHERE table_schema = " + in_schema +
            " AND table_name = " + dialect.string_literal(name)};
}

}  // namespace aludel::dialects
