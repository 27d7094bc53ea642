#include "harness/database.hpp"

#include "harness/fail.hpp"

#include <cstdlib>
#include <filesystem>

namespace bench {

namespace {

std::string url_of(const char* variable) {
    const char* url = std::getenv(variable);
    if (url == nullptr) fail(std::string(variable) + " is not set: run this inside of tools/with-databases");
    return url;
}

std::string new_file() {
    const std::string path = (std::filesystem::temp_directory_path() / "aludel-bench.XXXXXX").string();
    std::string folder = path;
    if (mkdtemp(folder.data()) == nullptr) fail("no folder " + path);
    return folder + "/bench.db";
}

/// `(SELECT i FROM …)`: the numbers from 1 to `size`.
std::string numbers(const Database& database, int size) {
    const std::string last = std::to_string(size);
    switch (database.kind) {
        case DatabaseKind::sqlite:
            return "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + last +
                   ") SELECT i FROM n)";
        case DatabaseKind::postgresql: return "(SELECT i FROM generate_series(1, " + last + ") AS g(i))";
        case DatabaseKind::mariadb: return "(SELECT seq AS i FROM seq_1_to_" + last + ")";
    }
    fail("a database without numbers");
}

std::string joined(const Database& database, const std::string& left, const std::string& right) {
    return database.kind == DatabaseKind::mariadb ? "concat(" + left + ", " + right + ")" : left + " || " + right;
}

std::string key_type(const Database& database) {
    switch (database.kind) {
        case DatabaseKind::sqlite: return "INTEGER NOT NULL PRIMARY KEY";
        case DatabaseKind::postgresql: return "SERIAL PRIMARY KEY";
        case DatabaseKind::mariadb: return "INTEGER NOT NULL PRIMARY KEY AUTO_INCREMENT";
    }
    fail("a database without keys");
}

std::string addresses_sql(const Database& database, int size, const std::string& prefix) {
    return "INSERT INTO addresses (email_address, user_id) SELECT " +
           joined(database, joined(database, "'" + prefix + ".user'", "i"), "'@example.org'") + ", i FROM " +
           numbers(database, size) + " AS numbers ORDER BY i";
}

/// The value of `key=` behind the `?` of a URL.
std::string parameter(const std::string& url, const std::string& key) {
    const std::size_t at = url.find(key + "=");
    if (at == std::string::npos) fail("no " + key + " in " + url);
    const std::size_t start = at + key.size() + 1;
    return url.substr(start, url.find('&', start) - start);
}

}  // namespace

Database database_named(std::string_view name) {
    if (name == "sqlite") return {.kind = DatabaseKind::sqlite, .address = ":memory:"};
    if (name == "sqlite_wal") return {.kind = DatabaseKind::sqlite, .address = new_file(), .wal = true};
    if (name == "postgresql") return {.kind = DatabaseKind::postgresql, .address = url_of("ALUDEL_POSTGRESQL_URL")};
    if (name == "mariadb") return {.kind = DatabaseKind::mariadb, .address = url_of("ALUDEL_MARIADB_URL")};
    fail("there is no database " + std::string(name));
}

MariaDbAddress parse_mariadb(const std::string& url) {
    const std::size_t account = url.find("://") + 3;
    const std::size_t colon = url.find(':', account);
    const std::size_t at = url.find('@', colon);
    const std::size_t slash = url.find('/', at);
    const std::size_t question = url.find('?', slash);
    if (question == std::string::npos) fail("not user:password@host/database?unix_socket=…: " + url);
    return {.user = url.substr(account, colon - account),
            .password = url.substr(colon + 1, at - colon - 1),
            .database = url.substr(slash + 1, question - slash - 1),
            .socket = parameter(url, "unix_socket")};
}

std::vector<std::string> schema_sql(const Database& database) {
    std::vector<std::string> statements;
    if (database.wal) statements.emplace_back("PRAGMA journal_mode = WAL");
    statements.emplace_back("DROP TABLE IF EXISTS addresses");
    statements.emplace_back("DROP TABLE IF EXISTS users");
    statements.emplace_back(
        "CREATE TABLE users (id " + key_type(database) +
        ", name VARCHAR(50) NOT NULL, fullname VARCHAR(50) NOT NULL, password VARCHAR(50) NOT NULL)");
    statements.emplace_back("CREATE TABLE addresses (id " + key_type(database) +
                            ", email_address VARCHAR(50) NOT NULL, user_id INTEGER NOT NULL, "
                            "FOREIGN KEY (user_id) REFERENCES users (id))");
    statements.emplace_back("CREATE INDEX ix_addresses_user_id ON addresses (user_id)");
    return statements;
}

std::vector<std::string> fill_sql(const Database& database, int size) {
    std::vector<std::string> statements{
        "INSERT INTO users (name, fullname, password) SELECT " + joined(database, "'user'", "i") + ", " +
            joined(database, "'User Number '", "i") + ", " + joined(database, "'secret'", "i") + " FROM " +
            numbers(database, size) + " AS numbers ORDER BY i",
        addresses_sql(database, size, "a"), addresses_sql(database, size, "b")};
    switch (database.kind) {
        case DatabaseKind::sqlite: statements.emplace_back("ANALYZE"); break;
        case DatabaseKind::postgresql: statements.emplace_back("ANALYZE users, addresses"); break;
        case DatabaseKind::mariadb: statements.emplace_back("ANALYZE TABLE users, addresses"); break;
    }
    return statements;
}

std::vector<std::string> empty_users_sql(const Database& database) {
    switch (database.kind) {
        case DatabaseKind::sqlite: return {"DELETE FROM users"};
        case DatabaseKind::postgresql: return {"TRUNCATE users, addresses RESTART IDENTITY"};
        case DatabaseKind::mariadb: return {"DELETE FROM users", "ALTER TABLE users AUTO_INCREMENT = 1"};
    }
    fail("a database that cannot be emptied");
}

std::string original_names_sql(const Database& database) {
    return "UPDATE users SET name = " + joined(database, "'user'", "id");
}

}  // namespace bench
