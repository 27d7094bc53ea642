#include "people.hpp"

#include <cstdio>
#include <cstdlib>

namespace bench {

namespace {

void check(int code, sqlite3* database) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    std::fprintf(stderr, "bench: %s\n", sqlite3_errmsg(database));
    std::exit(1);
}

}  // namespace

aludel::Engine engine_with(int rows) {
    aludel::Engine engine = aludel::create_engine("sqlite://");
    Base::metadata().create_all(engine);
    aludel::Session session{engine};
    for (int i = 1; i <= rows; ++i)
        session.add(Person{.id = i, .name = "person " + std::to_string(i), .height = 1.0 + i % 100 / 100.0});
    session.commit();
    return engine;
}

RawDatabase::RawDatabase(int rows) {
    check(sqlite3_open(":memory:", &database_), database_);
    run("CREATE TABLE people (id INTEGER NOT NULL, name VARCHAR NOT NULL, height FLOAT NOT NULL, active BOOLEAN NOT "
        "NULL, PRIMARY KEY (id))");
    if (rows > 0) insert_people(*this, rows);
}

RawDatabase::~RawDatabase() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(database_);
}

void RawDatabase::run(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr), database_); }

sqlite3_stmt* RawDatabase::prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr), database_);
    statements_.push_back(statement);
    return statement;
}

RawPerson read_person(sqlite3_stmt* statement) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 1));
    return {.id = sqlite3_column_int64(statement, 0),
            .name = std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, 1))),
            .height = sqlite3_column_double(statement, 2),
            .active = sqlite3_column_int(statement, 3) != 0};
}

void insert_people(RawDatabase& database, int rows) {
    sqlite3_stmt* insert = database.prepare("INSERT INTO people (id, name, height, active) VALUES (?, ?, ?, ?)");
    database.run("BEGIN");
    for (int i = 1; i <= rows; ++i) {
        const std::string name = "person " + std::to_string(i);
        sqlite3_bind_int64(insert, 1, i);
        sqlite3_bind_text(insert, 2, name.data(), static_cast<int>(name.size()), SQLITE_TRANSIENT);
        sqlite3_bind_double(insert, 3, 1.0 + i % 100 / 100.0);
        sqlite3_bind_int(insert, 4, 1);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    database.run("COMMIT");
}

}  // namespace bench
