#include "injection/canary.hpp"

#include <aludel/aludel.hpp>

namespace aludel::test {

namespace {

// Every object with its columns; the canary's rows are asked for apart.
const char* catalogue_query(Backend backend) noexcept {
    switch (backend) {
        case Backend::sqlite: return "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2";
        case Backend::postgresql:
            return "SELECT c.relkind::text, c.relname::text, a.attname::text, a.atttypid::regtype::text FROM pg_class "
                   "c "
                   "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
                   "WHERE c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2, 3";
        case Backend::mariadb:
            return "SELECT table_name, column_name, column_type, column_key FROM information_schema.columns "
                   "WHERE table_schema = database() ORDER BY 1, 2";
    }
    return "";
}

}  // namespace

Canary::Canary(const Engine& engine, Backend backend) : engine_(engine), backend_(backend) {
    engine.begin([](Connection& connection) {
        connection.exec_driver_sql("CREATE TABLE canary (id INTEGER PRIMARY KEY, word VARCHAR(20))");
        connection.exec_driver_sql("INSERT INTO canary VALUES (1, 'sings'), (2, 'flies'), (3, NULL)");
    });
}

std::string Canary::seen() const {
    Connection connection = engine_.connect();
    std::string all;
    for (const auto* sql : {"SELECT id, word FROM canary ORDER BY id", catalogue_query(backend_)})
        for (const Row& row : connection.exec_driver_sql(sql).all()) all += row.repr() + '\n';
    return all;
}

std::string Canary::difference() const {
    try {
        const std::string now = seen();
        return now == remembered_ ? std::string{} : "it was\n" + remembered_ + "and is\n" + now;
    } catch (const Error& error) {
        return error.what();
    }
}

}  // namespace aludel::test
