#include "harness/library.hpp"

#include "harness/fail.hpp"
#include "libraries/libraries.hpp"

#include <sqlite3.h>

namespace bench {

namespace {

std::unique_ptr<Library> open_raw(const Database& database) {
    switch (database.kind) {
        case DatabaseKind::sqlite: return open_raw_sqlite(database);
        case DatabaseKind::postgresql: return open_raw_postgresql(database);
        case DatabaseKind::mariadb: return open_raw_mariadb(database);
    }
    fail("a database without a raw client");
}

/// SQLite as it is in a program that does not link aludel, whose driver turns statistics off.
void configure_sqlite_as_it_comes() {
    if (sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 1) != SQLITE_OK) fail("SQLite runs already");
}

}  // namespace

std::unique_ptr<Library> open_library(std::string_view name, const Database& database) {
    if (name == "aludel") return open_aludel(database);
    configure_sqlite_as_it_comes();
    if (name == "raw") return open_raw(database);
    if (name == "soci") return open_soci(database);
    fail("there is no library " + std::string(name));
}

void create_tables(Library& library, const Database& database, Workload workload, int size) {
    for (const std::string& sql : schema_sql(database)) library.execute(sql);
    if (workload == Workload::insert_users) return;
    for (const std::string& sql : fill_sql(database, size)) library.execute(sql);
}

}  // namespace bench
