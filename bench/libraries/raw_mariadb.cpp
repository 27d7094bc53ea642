// libmariadb as a careful C programmer uses it: statements prepared once and reused, the binary protocol, rows fetched
// into the same buffers one after the other, many rows an INSERT ... RETURNING, updates with an array binding.
#include "harness/fail.hpp"
#include "harness/record_library.hpp"
#include "libraries/libraries.hpp"

#include <mysql.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <unordered_map>

namespace bench {

namespace {

constexpr std::size_t rows_an_insert = 500;
constexpr std::size_t user_columns = 3;
constexpr std::size_t most_columns = 4;
constexpr std::size_t longest_text = 256;

/// A prepared statement with its buffers. The types of the columns are bound once: `i` an integer, `t` a text.
class Statement {
  public:
    Statement(MYSQL* connection, const std::string& sql, std::size_t parameters, std::string_view columns)
        : statement_(mysql_stmt_init(connection)), parameters_(parameters), numbers_(parameters), lengths_(parameters) {
        if (mysql_stmt_prepare(statement_, sql.data(), sql.size()) != 0)
            fail(mysql_stmt_error(statement_) + (" in " + sql.substr(0, 200)));
        for (std::size_t i = 0; i < columns.size(); ++i) bind_column(i, columns[i] == 'i');
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { mysql_stmt_close(statement_); }

    void set(std::size_t index, int value) {
        numbers_[index] = value;
        point(index, MYSQL_TYPE_LONG, &numbers_[index]);
    }
    void set(std::size_t index, const std::string& text) {
        lengths_[index] = text.size();
        point(index, MYSQL_TYPE_STRING, const_cast<char*>(text.data()));
        parameters_[index].length = &lengths_[index];
        parameters_[index].buffer_length = text.size();
    }
    void execute() {
        if (!parameters_.empty() && mysql_stmt_bind_param(statement_, parameters_.data()) != 0)
            fail(mysql_stmt_error(statement_));
        if (mysql_stmt_execute(statement_) != 0) fail(mysql_stmt_error(statement_));
        if (!is_bound_) bind_columns();
    }
    /// Once for each pair of a text and a number: an array binding, one round trip.
    void execute_for_each(std::vector<const char*>& texts, std::vector<unsigned long>& lengths,
                          std::vector<int>& numbers) {
        auto count = static_cast<unsigned int>(numbers.size());
        mysql_stmt_attr_set(statement_, STMT_ATTR_ARRAY_SIZE, &count);
        point(0, MYSQL_TYPE_STRING, texts.data());
        parameters_[0].length = lengths.data();
        point(1, MYSQL_TYPE_LONG, numbers.data());
        execute();
    }
    /// Is there another row? All rows have to be fetched.
    bool fetch() {
        const int code = mysql_stmt_fetch(statement_);
        if (code == 0) return true;
        if (code != MYSQL_NO_DATA) fail("fetch: " + std::string(mysql_stmt_error(statement_)));
        mysql_stmt_free_result(statement_);
        return false;
    }
    [[nodiscard]] int integer(std::size_t column) const { return results_[column].number; }
    [[nodiscard]] std::string text(std::size_t column) const {
        return {results_[column].text.data(), results_[column].length};
    }
    [[nodiscard]] User user() const { return {integer(0), text(1), text(2), text(3)}; }
    [[nodiscard]] Address address() const { return {integer(0), text(1), integer(2)}; }

  private:
    struct Buffer {
        int number = 0;
        unsigned long length = 0;
        std::array<char, longest_text> text{};
    };

    void point(std::size_t index, enum_field_types type, void* buffer) {
        parameters_[index].buffer_type = type;
        parameters_[index].buffer = buffer;
    }
    /// After the first execution: before it, an INSERT ... RETURNING does not know that it has columns.
    void bind_columns() {
        is_bound_ = true;
        if (columns_[0].buffer != nullptr && mysql_stmt_bind_result(statement_, columns_.data()) != 0)
            fail(mysql_stmt_error(statement_));
    }
    void bind_column(std::size_t index, bool is_integer) {
        columns_[index].buffer_type = is_integer ? MYSQL_TYPE_LONG : MYSQL_TYPE_STRING;
        columns_[index].buffer = is_integer ? static_cast<void*>(&results_[index].number) : results_[index].text.data();
        columns_[index].buffer_length = longest_text;
        columns_[index].length = &results_[index].length;
    }

    MYSQL_STMT* statement_;
    std::vector<MYSQL_BIND> parameters_;
    std::vector<int> numbers_;
    std::vector<unsigned long> lengths_;
    std::array<MYSQL_BIND, most_columns> columns_{};
    std::array<Buffer, most_columns> results_;
    bool is_bound_ = false;
};

class Connection {
  public:
    explicit Connection(const MariaDbAddress& to) {
        if (mysql_real_connect(handle, nullptr, to.user.c_str(), to.password.c_str(), to.database.c_str(), 0,
                               to.socket.c_str(), 0) == nullptr)
            fail(mysql_error(handle));
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { mysql_close(handle); }

    MYSQL* handle = mysql_init(nullptr);
};

std::string insert_sql(std::size_t rows) {
    std::string sql = "INSERT INTO users (name, fullname, password) VALUES (?, ?, ?)";
    for (std::size_t row = 1; row < rows; ++row) sql += ", (?, ?, ?)";
    return sql + " RETURNING id";
}

class RawMariaDb : public RecordLibrary {
  public:
    explicit RawMariaDb(const Database& database)
        : RecordLibrary(database), connection_(parse_mariadb(database.address)) {}

    void execute(const std::string& sql) override {
        if (mysql_real_query(connection_.handle, sql.data(), sql.size()) != 0)
            fail(mysql_error(connection_.handle) + (" in " + sql));
        mysql_free_result(mysql_store_result(connection_.handle));
    }

    void begin() override { execute("BEGIN"); }
    void commit() override { execute("COMMIT"); }

    std::vector<User> insert_users(const std::vector<User>& values) override {
        std::vector<User> users = values;
        for (std::size_t first = 0; first < users.size(); first += rows_an_insert)
            insert(std::span(users).subspan(first, std::min(rows_an_insert, users.size() - first)));
        return users;
    }

    std::vector<User> load_users() override {
        Statement& select = prepared("SELECT id, name, fullname, password FROM users", 0, "ittt");
        std::vector<User> users;
        select.execute();
        while (select.fetch()) users.push_back(select.user());
        return users;
    }

    std::uint64_t get_users(const std::vector<int>& keys) override {
        Statement& select = prepared("SELECT id, name, fullname, password FROM users WHERE id = ?", 1, "ittt");
        std::uint64_t sum = 0;
        for (const int key : keys) {
            select.set(0, key);
            select.execute();
            if (!select.fetch()) fail("a user is missing");
            const User user = select.user();
            while (select.fetch()) fail("two users with one key");
            sum += touched(user);
        }
        return sum;
    }

    void rename_users(std::vector<User>& users, const std::vector<std::string>& names) override {
        std::vector<const char*> texts;
        std::vector<unsigned long> lengths;
        std::vector<int> keys;
        for (std::size_t i = 0; i < users.size(); ++i) {
            users[i].name = names[i];
            texts.push_back(users[i].name.data());
            lengths.push_back(users[i].name.size());
            keys.push_back(users[i].id);
        }
        prepared("UPDATE users SET name = ? WHERE id = ?", 2, "").execute_for_each(texts, lengths, keys);
    }

    std::vector<UserWithAddresses> load_eagerly() override {
        std::vector<UserWithAddresses> users = without_addresses();
        std::unordered_map<int, std::size_t> places;
        places.reserve(users.size());
        for (std::size_t i = 0; i < users.size(); ++i) places.emplace(users[i].user.id, i);
        Statement& select = prepared("SELECT id, email_address, user_id FROM addresses", 0, "iti");
        select.execute();
        while (select.fetch()) users[places.at(select.integer(2))].addresses.push_back(select.address());
        return users;
    }

    std::vector<UserWithAddresses> load_lazily() override {
        std::vector<UserWithAddresses> users = without_addresses();
        Statement& select = prepared("SELECT id, email_address, user_id FROM addresses WHERE user_id = ?", 1, "iti");
        for (auto& [user, addresses] : users) {
            select.set(0, user.id);
            select.execute();
            while (select.fetch()) addresses.push_back(select.address());
        }
        return users;
    }

    std::vector<Name> load_names() override {
        Statement& select = prepared("SELECT id, name FROM users", 0, "it");
        std::vector<Name> names;
        select.execute();
        while (select.fetch()) names.push_back({select.integer(0), select.text(1)});
        return names;
    }

    std::uint64_t search(const std::vector<Search>& searches) override {
        Statement& select = prepared(
            "SELECT users.name, addresses.email_address FROM users JOIN addresses ON users.id = addresses.user_id "
            "WHERE users.id >= ? AND users.id < ? AND addresses.email_address != ? "
            "ORDER BY addresses.email_address LIMIT ?",
            4, "tt");
        std::uint64_t sum = 0;
        for (const Search& wanted : searches) {
            select.set(0, wanted.from);
            select.set(1, wanted.to);
            select.set(2, wanted.without);
            select.set(3, search_limit);
            select.execute();
            std::vector<Match> matches;
            while (select.fetch()) matches.push_back({select.text(0), select.text(1)});
            for (const Match& match : matches) sum += touched(match);
        }
        return sum;
    }

  private:
    Statement& prepared(const std::string& sql, std::size_t parameters, std::string_view columns) {
        return statements_.try_emplace(sql, connection_.handle, sql, parameters, columns).first->second;
    }
    std::vector<UserWithAddresses> without_addresses() {
        Statement& select = prepared("SELECT id, name, fullname, password FROM users", 0, "ittt");
        std::vector<UserWithAddresses> users;
        select.execute();
        while (select.fetch()) users.push_back({select.user(), {}});
        return users;
    }
    void insert(std::span<User> users) {
        Statement& insert = prepared(insert_sql(users.size()), users.size() * user_columns, "i");
        for (std::size_t row = 0; row < users.size(); ++row) {
            insert.set(row * user_columns, users[row].name);
            insert.set(row * user_columns + 1, users[row].fullname);
            insert.set(row * user_columns + 2, users[row].password);
        }
        insert.execute();
        std::size_t row = 0;
        while (insert.fetch()) users[row++].id = insert.integer(0);
    }

    Connection connection_;
    std::map<std::string, Statement> statements_;
};

}  // namespace

std::unique_ptr<Library> open_raw_mariadb(const Database& database) { return std::make_unique<RawMariaDb>(database); }

}  // namespace bench
