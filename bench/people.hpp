// The table of the benchmarks, as a mapped class and by hand with the client library.
#pragma once

#include <aludel/aludel.hpp>

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

struct Person {
    static constexpr auto table_name = "people";

    aludel::Mapped<std::int64_t, aludel::primary_key> id;
    aludel::Mapped<std::string> name;
    aludel::Mapped<double> height;
    aludel::Mapped<bool> active = true;
};

using Base = aludel::Registry<Person>;

/// A row as the raw client's user would keep it.
struct RawPerson {
    std::int64_t id = 0;
    std::string name;
    double height = 0;
    bool active = false;
};

/// An engine on a memory database that holds the table with `rows` rows, ids from 1.
aludel::Engine engine_with(int rows);

/// A connection of the client library to a database of the same content; a failure ends the program.
class RawDatabase {
  public:
    explicit RawDatabase(int rows);
    ~RawDatabase();
    RawDatabase(const RawDatabase&) = delete;
    RawDatabase& operator=(const RawDatabase&) = delete;

    void run(const char* sql);
    sqlite3_stmt* prepare(const char* sql);

  private:
    sqlite3* database_ = nullptr;
    std::vector<sqlite3_stmt*> statements_;
};

/// The row that the statement stands on.
RawPerson read_person(sqlite3_stmt* statement);

/// Inserts people with ids from 1 in one transaction by one reused statement.
void insert_people(RawDatabase& database, int rows);

inline constexpr const char* select_people = "SELECT id, name, height, active FROM people";

}  // namespace bench
