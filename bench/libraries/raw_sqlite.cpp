// SQLite's C API as a careful C programmer uses it: statements prepared once and reused, texts bound without a copy,
// values copied into structs, one transaction.
#include "harness/fail.hpp"
#include "harness/record_library.hpp"
#include "libraries/libraries.hpp"

#include <sqlite3.h>

#include <optional>
#include <unordered_map>

namespace bench {

namespace {

/// A prepared statement, which lives as long as its connection.
class Statement {
  public:
    Statement(sqlite3* database, const char* sql) {
        if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) != SQLITE_OK)
            fail(std::string(sqlite3_errmsg(database)) + " in " + sql);
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_finalize(statement_); }

    void bind(int index, int value) { sqlite3_bind_int(statement_, index, value); }
    void bind(int index, const std::string& text) {
        sqlite3_bind_text(statement_, index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    /// Is there another row?
    bool step() {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) fail(sqlite3_errmsg(sqlite3_db_handle(statement_)));
        return false;
    }
    void reset() { sqlite3_reset(statement_); }
    void execute() {
        step();
        reset();
    }
    [[nodiscard]] int integer(int column) const { return sqlite3_column_int(statement_, column); }
    [[nodiscard]] std::string text(int column) const {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    [[nodiscard]] User user() const { return {integer(0), text(1), text(2), text(3)}; }

  private:
    sqlite3_stmt* statement_ = nullptr;
};

class Connection {
  public:
    explicit Connection(const std::string& path) {
        if (sqlite3_open(path.c_str(), &handle) != SQLITE_OK) fail(sqlite3_errmsg(handle));
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { sqlite3_close(handle); }

    sqlite3* handle = nullptr;
};

struct Statements {
    explicit Statements(sqlite3* database)
        : begin(database, "BEGIN"),
          commit(database, "COMMIT"),
          insert(database, "INSERT INTO users (name, fullname, password) VALUES (?, ?, ?)"),
          users(database, "SELECT id, name, fullname, password FROM users"),
          user(database, "SELECT id, name, fullname, password FROM users WHERE id = ?"),
          rename(database, "UPDATE users SET name = ? WHERE id = ?"),
          addresses(database, "SELECT id, email_address, user_id FROM addresses"),
          addresses_of(database, "SELECT id, email_address, user_id FROM addresses WHERE user_id = ?"),
          names(database, "SELECT id, name FROM users"),
          search(database,
                 "SELECT users.name, addresses.email_address FROM users JOIN addresses ON users.id = addresses.user_id "
                 "WHERE users.id >= ? AND users.id < ? AND addresses.email_address != ? "
                 "ORDER BY addresses.email_address LIMIT ?") {}

    Statement begin, commit, insert, users, user, rename, addresses, addresses_of, names, search;
};

class RawSqlite : public RecordLibrary {
  public:
    explicit RawSqlite(const Database& database) : RecordLibrary(database), connection_(database.address) {}

    void execute(const std::string& sql) override {
        if (sqlite3_exec(connection_.handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            fail(std::string(sqlite3_errmsg(connection_.handle)) + " in " + sql);
    }

    void begin() override { prepared().begin.execute(); }
    void commit() override { prepared().commit.execute(); }

    std::vector<User> insert_users(const std::vector<User>& values) override {
        Statement& insert = prepared().insert;
        std::vector<User> users;
        for (const User& value : values) {
            User& user = users.emplace_back(value);
            insert.bind(1, user.name);
            insert.bind(2, user.fullname);
            insert.bind(3, user.password);
            insert.execute();
            user.id = static_cast<int>(sqlite3_last_insert_rowid(connection_.handle));
        }
        return users;
    }

    std::vector<User> load_users() override {
        Statement& select = prepared().users;
        std::vector<User> users;
        while (select.step()) users.push_back(select.user());
        select.reset();
        return users;
    }

    std::uint64_t get_users(const std::vector<int>& keys) override {
        Statement& select = prepared().user;
        std::uint64_t sum = 0;
        for (const int key : keys) {
            select.bind(1, key);
            if (!select.step()) fail("a user is missing");
            const User user = select.user();
            select.reset();
            sum += touched(user);
        }
        return sum;
    }

    void rename_users(std::vector<User>& users, const std::vector<std::string>& names) override {
        Statement& update = prepared().rename;
        for (std::size_t i = 0; i < users.size(); ++i) {
            users[i].name = names[i];
            update.bind(1, users[i].name);
            update.bind(2, users[i].id);
            update.execute();
        }
    }

    std::vector<UserWithAddresses> load_eagerly() override {
        std::vector<UserWithAddresses> users = without_addresses();
        std::unordered_map<int, std::size_t> places;
        places.reserve(users.size());
        for (std::size_t i = 0; i < users.size(); ++i) places.emplace(users[i].user.id, i);
        Statement& select = prepared().addresses;
        while (select.step()) {
            const int user_id = select.integer(2);
            users[places.at(user_id)].addresses.push_back({select.integer(0), select.text(1), user_id});
        }
        select.reset();
        return users;
    }

    std::vector<UserWithAddresses> load_lazily() override {
        std::vector<UserWithAddresses> users = without_addresses();
        Statement& select = prepared().addresses_of;
        for (auto& [user, addresses] : users) {
            select.bind(1, user.id);
            while (select.step()) addresses.push_back({select.integer(0), select.text(1), select.integer(2)});
            select.reset();
        }
        return users;
    }

    std::vector<Name> load_names() override {
        Statement& select = prepared().names;
        std::vector<Name> names;
        while (select.step()) names.push_back({select.integer(0), select.text(1)});
        select.reset();
        return names;
    }

    std::uint64_t search(const std::vector<Search>& searches) override {
        Statement& select = prepared().search;
        std::uint64_t sum = 0;
        for (const Search& wanted : searches) {
            select.bind(1, wanted.from);
            select.bind(2, wanted.to);
            select.bind(3, wanted.without);
            select.bind(4, search_limit);
            std::vector<Match> matches;
            while (select.step()) matches.push_back({select.text(0), select.text(1)});
            select.reset();
            for (const Match& match : matches) sum += touched(match);
        }
        return sum;
    }

  private:
    /// Prepared at the first use: the tables have to be there.
    Statements& prepared() {
        if (!statements_) statements_.emplace(connection_.handle);
        return *statements_;
    }
    std::vector<UserWithAddresses> without_addresses() {
        Statement& select = prepared().users;
        std::vector<UserWithAddresses> users;
        while (select.step()) users.push_back({select.user(), {}});
        select.reset();
        return users;
    }

    Connection connection_;
    std::optional<Statements> statements_;
};

}  // namespace

std::unique_ptr<Library> open_raw_sqlite(const Database& database) { return std::make_unique<RawSqlite>(database); }

}  // namespace bench
