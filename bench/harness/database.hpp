// The databases of the benchmarks: where they are, and the SQL that makes the tables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

enum class DatabaseKind : std::uint8_t { sqlite, postgresql, mariadb };

struct Database {
    DatabaseKind kind;
    /// Of the server. Of SQLite the file, `:memory:` without one.
    std::string address;
    /// SQLite: in a file with a write-ahead log.
    bool wal = false;
};

/// `sqlite` in memory, `sqlite_wal` in a new file, `postgresql` and `mariadb` as tools/with-databases says; another
/// name ends the program.
Database database_named(std::string_view name);

/// The account and the socket in the URL of a MariaDB server.
struct MariaDbAddress {
    std::string user, password, database, socket;
};
MariaDbAddress parse_mariadb(const std::string& url);

/// Empty tables `users` and `addresses` with the index on `user_id`; what was there is gone.
std::vector<std::string> schema_sql(const Database& database);
/// `size` users as `new_users` has them, with keys from 1, and two addresses each.
std::vector<std::string> fill_sql(const Database& database, int size);
/// No users again, keys from 1.
std::vector<std::string> empty_users_sql(const Database& database);
/// The names of `fill_sql` again.
std::string original_names_sql(const Database& database);

}  // namespace bench
