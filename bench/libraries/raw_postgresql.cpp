// libpq as a careful C programmer uses it: statements prepared once and reused, integers and results in binary, many
// rows an INSERT, updates in a pipeline. For W1 a pipeline of single rows took twice the time of INSERTs of 500 rows:
// it saves the waits, too, but the server executes a statement a row. 1,000 rows a statement and more are slower again.
#include "harness/fail.hpp"
#include "harness/record_library.hpp"
#include "libraries/libraries.hpp"

#include <arpa/inet.h>
#include <libpq-fe.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <span>
#include <unordered_map>

namespace bench {

namespace {

constexpr int binary = 1;
constexpr std::size_t rows_an_insert = 500;
constexpr std::size_t rows_a_pipeline = 500;
constexpr std::size_t user_columns = 3;

/// The values of an execution: pointers to texts and to integers in network order, which have to stay where they are.
class Parameters {
  public:
    explicit Parameters(std::size_t count)
        : values_(count), lengths_(count), formats_(count, binary), numbers_(count) {}

    void set(std::size_t index, const std::string& text) {
        values_[index] = text.data();
        lengths_[index] = static_cast<int>(text.size());
    }
    void set(std::size_t index, int value) {
        numbers_[index] = htonl(static_cast<std::uint32_t>(value));
        values_[index] = reinterpret_cast<const char*>(&numbers_[index]);
        lengths_[index] = sizeof(std::uint32_t);
    }
    [[nodiscard]] int count() const { return static_cast<int>(values_.size()); }
    [[nodiscard]] const char* const* values() const { return values_.data(); }
    [[nodiscard]] const int* lengths() const { return lengths_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

  private:
    std::vector<const char*> values_;
    std::vector<int> lengths_, formats_;
    std::vector<std::uint32_t> numbers_;
};

class Result {
  public:
    explicit Result(PGresult* result) : result_(result) {}
    Result(const Result&) = delete;
    Result& operator=(const Result&) = delete;
    ~Result() { PQclear(result_); }

    [[nodiscard]] int rows() const { return PQntuples(result_); }
    [[nodiscard]] int integer(int row, int column) const {
        std::uint32_t value = 0;
        std::memcpy(&value, PQgetvalue(result_, row, column), sizeof value);
        return static_cast<int>(ntohl(value));
    }
    [[nodiscard]] std::string text(int row, int column) const {
        return {PQgetvalue(result_, row, column), static_cast<std::size_t>(PQgetlength(result_, row, column))};
    }
    [[nodiscard]] User user(int row) const { return {integer(row, 0), text(row, 1), text(row, 2), text(row, 3)}; }
    [[nodiscard]] Address address(int row) const { return {integer(row, 0), text(row, 1), integer(row, 2)}; }

  private:
    PGresult* result_;
};

class Connection {
  public:
    explicit Connection(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK) fail(PQerrorMessage(connection_));
        PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { PQfinish(connection_); }

    void execute(const std::string& sql) { const Result done = checked(PQexec(connection_, sql.c_str())); }
    void prepare(const std::string& name, const std::string& sql) {
        if (!prepared_.insert(name).second) return;
        const Result done = checked(PQprepare(connection_, name.c_str(), sql.c_str(), 0, nullptr));
    }
    Result run(const std::string& name, const Parameters& parameters) {
        return checked(PQexecPrepared(connection_, name.c_str(), parameters.count(), parameters.values(),
                                      parameters.lengths(), parameters.formats(), binary));
    }

    /// Into a pipeline, whose results nobody wants.
    void send(const std::string& name, const Parameters& parameters) {
        if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF) PQenterPipelineMode(connection_);
        if (PQsendQueryPrepared(connection_, name.c_str(), parameters.count(), parameters.values(),
                                parameters.lengths(), parameters.formats(), binary) == 0)
            fail(PQerrorMessage(connection_));
    }
    void finish_pipeline() {
        if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF) return;
        PQpipelineSync(connection_);
        bool is_done = false;
        while (!is_done) {
            PGresult* result = PQgetResult(connection_);
            if (PQstatus(connection_) != CONNECTION_OK) fail(PQerrorMessage(connection_));
            if (result == nullptr) continue;  // between two statements
            is_done = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
            if (!is_done && PQresultStatus(result) != PGRES_COMMAND_OK) fail(PQerrorMessage(connection_));
            PQclear(result);
        }
        PQexitPipelineMode(connection_);
    }

  private:
    Result checked(PGresult* result) {
        const ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(PQerrorMessage(connection_));
        return Result(result);
    }

    PGconn* connection_;
    std::set<std::string> prepared_;
};

std::string insert_sql(std::size_t rows) {
    std::string sql = "INSERT INTO users (name, fullname, password) VALUES ";
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t first = row * user_columns + 1;
        sql += (row == 0 ? "($" : ", ($") + std::to_string(first) + ", $" + std::to_string(first + 1) + ", $" +
               std::to_string(first + 2) + ")";
    }
    return sql + " RETURNING id";
}

class RawPostgreSql : public RecordLibrary {
  public:
    explicit RawPostgreSql(const Database& database) : RecordLibrary(database), connection_(database.address) {}

    void execute(const std::string& sql) override { connection_.execute(sql); }

    void begin() override { connection_.execute("BEGIN"); }
    void commit() override { connection_.execute("COMMIT"); }

    std::vector<User> insert_users(const std::vector<User>& values) override {
        std::vector<User> users = values;
        for (std::size_t first = 0; first < users.size(); first += rows_an_insert)
            insert(std::span(users).subspan(first, std::min(rows_an_insert, users.size() - first)));
        return users;
    }

    std::vector<User> load_users() override {
        const Result found = select("users", "SELECT id, name, fullname, password FROM users");
        std::vector<User> users;
        users.reserve(static_cast<std::size_t>(found.rows()));
        for (int row = 0; row < found.rows(); ++row) users.push_back(found.user(row));
        return users;
    }

    std::uint64_t get_users(const std::vector<int>& keys) override {
        connection_.prepare("user", "SELECT id, name, fullname, password FROM users WHERE id = $1");
        std::uint64_t sum = 0;
        Parameters parameters(1);
        for (const int key : keys) {
            parameters.set(0, key);
            const Result found = connection_.run("user", parameters);
            if (found.rows() == 0) fail("a user is missing");
            sum += touched(found.user(0));
        }
        return sum;
    }

    void rename_users(std::vector<User>& users, const std::vector<std::string>& names) override {
        connection_.prepare("rename", "UPDATE users SET name = $1 WHERE id = $2");
        Parameters parameters(2);
        for (std::size_t i = 0; i < users.size(); ++i) {
            users[i].name = names[i];
            parameters.set(0, users[i].name);
            parameters.set(1, users[i].id);
            connection_.send("rename", parameters);
            if ((i + 1) % rows_a_pipeline == 0) connection_.finish_pipeline();
        }
        connection_.finish_pipeline();
    }

    std::vector<UserWithAddresses> load_eagerly() override {
        std::vector<UserWithAddresses> users = without_addresses();
        std::unordered_map<int, std::size_t> places;
        places.reserve(users.size());
        for (std::size_t i = 0; i < users.size(); ++i) places.emplace(users[i].user.id, i);
        const Result found = select("addresses", "SELECT id, email_address, user_id FROM addresses");
        for (int row = 0; row < found.rows(); ++row) {
            Address address = found.address(row);
            users[places.at(address.user_id)].addresses.push_back(std::move(address));
        }
        return users;
    }

    std::vector<UserWithAddresses> load_lazily() override {
        std::vector<UserWithAddresses> users = without_addresses();
        connection_.prepare("addresses_of", "SELECT id, email_address, user_id FROM addresses WHERE user_id = $1");
        Parameters parameters(1);
        for (auto& [user, addresses] : users) {
            parameters.set(0, user.id);
            const Result found = connection_.run("addresses_of", parameters);
            addresses.reserve(static_cast<std::size_t>(found.rows()));
            for (int row = 0; row < found.rows(); ++row) addresses.push_back(found.address(row));
        }
        return users;
    }

    std::vector<Name> load_names() override {
        const Result found = select("names", "SELECT id, name FROM users");
        std::vector<Name> names;
        names.reserve(static_cast<std::size_t>(found.rows()));
        for (int row = 0; row < found.rows(); ++row) names.push_back({found.integer(row, 0), found.text(row, 1)});
        return names;
    }

    std::uint64_t search(const std::vector<Search>& searches) override {
        connection_.prepare("search",
                            "SELECT users.name, addresses.email_address FROM users "
                            "JOIN addresses ON users.id = addresses.user_id "
                            "WHERE users.id >= $1 AND users.id < $2 AND addresses.email_address != $3 "
                            "ORDER BY addresses.email_address LIMIT $4::integer");
        std::uint64_t sum = 0;
        Parameters parameters(4);
        parameters.set(3, search_limit);
        for (const Search& wanted : searches) {
            parameters.set(0, wanted.from);
            parameters.set(1, wanted.to);
            parameters.set(2, wanted.without);
            const Result found = connection_.run("search", parameters);
            std::vector<Match> matches;
            matches.reserve(static_cast<std::size_t>(found.rows()));
            for (int row = 0; row < found.rows(); ++row) matches.push_back({found.text(row, 0), found.text(row, 1)});
            for (const Match& match : matches) sum += touched(match);
        }
        return sum;
    }

  private:
    Result select(const std::string& name, const std::string& sql) {
        connection_.prepare(name, sql);
        return connection_.run(name, Parameters(0));
    }
    std::vector<UserWithAddresses> without_addresses() {
        const Result found = select("users", "SELECT id, name, fullname, password FROM users");
        std::vector<UserWithAddresses> users;
        users.reserve(static_cast<std::size_t>(found.rows()));
        for (int row = 0; row < found.rows(); ++row) users.push_back({found.user(row), {}});
        return users;
    }
    void insert(std::span<User> users) {
        const std::string name = "insert_" + std::to_string(users.size());
        connection_.prepare(name, insert_sql(users.size()));
        Parameters parameters(users.size() * user_columns);
        for (std::size_t row = 0; row < users.size(); ++row) {
            parameters.set(row * user_columns, users[row].name);
            parameters.set(row * user_columns + 1, users[row].fullname);
            parameters.set(row * user_columns + 2, users[row].password);
        }
        const Result keys = connection_.run(name, parameters);
        for (std::size_t row = 0; row < users.size(); ++row) users[row].id = keys.integer(static_cast<int>(row), 0);
    }

    Connection connection_;
};

}  // namespace

std::unique_ptr<Library> open_raw_postgresql(const Database& database) {
    return std::make_unique<RawPostgreSql>(database);
}

}  // namespace bench
