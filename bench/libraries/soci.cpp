// SOCI as its documentation says: statements prepared and reused, records by a type conversion, rows in bulk where it
// offers that (a bulk INSERT does not tell the keys).
#include "harness/fail.hpp"
#include "harness/record_library.hpp"
#include "libraries/libraries.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace soci {

template <>
struct type_conversion<bench::User> {
    using base_type = values;
    static void from_base(const values& row, indicator, bench::User& user) {
        user.id = row.get<int>("id");
        user.name = row.get<std::string>("name");
        user.fullname = row.get<std::string>("fullname");
        user.password = row.get<std::string>("password");
    }
    static void to_base(const bench::User& user, values& row, indicator& state) {
        row.set("id", user.id);
        row.set("name", user.name);
        row.set("fullname", user.fullname);
        row.set("password", user.password);
        state = i_ok;
    }
};

template <>
struct type_conversion<bench::Address> {
    using base_type = values;
    static void from_base(const values& row, indicator, bench::Address& address) {
        address.id = row.get<int>("id");
        address.email_address = row.get<std::string>("email_address");
        address.user_id = row.get<int>("user_id");
    }
    static void to_base(const bench::Address& address, values& row, indicator& state) {
        row.set("id", address.id);
        row.set("email_address", address.email_address);
        row.set("user_id", address.user_id);
        state = i_ok;
    }
};

}  // namespace soci

namespace bench {

namespace {

constexpr std::size_t rows_a_fetch = 1'000;

std::string connection_string(const Database& database) {
    switch (database.kind) {
        case DatabaseKind::sqlite: return "sqlite3://" + database.address;
        case DatabaseKind::postgresql: return "postgresql://" + database.address;
        case DatabaseKind::mariadb: {
            const MariaDbAddress to = parse_mariadb(database.address);
            return "mysql://db=" + to.database + " user=" + to.user + " password=" + to.password +
                   " unix_socket=" + to.socket;
        }
    }
    fail("a database without a back end");
}

class SociLibrary : public RecordLibrary {
  public:
    explicit SociLibrary(const Database& database) : RecordLibrary(database), sql_(connection_string(database)) {}

    void execute(const std::string& sql) override { sql_ << sql; }

    void begin() override { sql_.begin(); }
    void commit() override { sql_.commit(); }

    std::vector<User> insert_users(const std::vector<User>& values) override {
        std::vector<User> users;
        User user;
        const bool returning = database().kind == DatabaseKind::postgresql;
        const std::string insert_sql =
            "INSERT INTO users (name, fullname, password) VALUES (:name, :fullname, :password)";
        soci::statement insert = returning ? (sql_.prepare << insert_sql + " RETURNING id", soci::use(user.name),
                                              soci::use(user.fullname), soci::use(user.password), soci::into(user.id))
                                           : (sql_.prepare << insert_sql, soci::use(user.name),
                                              soci::use(user.fullname), soci::use(user.password));
        for (const User& value : values) {
            user = value;
            insert.execute(true);
            if (!returning) user.id = last_key();
            users.push_back(user);
        }
        return users;
    }

    std::vector<User> load_users() override { return loaded<User>("SELECT id, name, fullname, password FROM users"); }

    std::uint64_t get_users(const std::vector<int>& keys) override {
        std::uint64_t sum = 0;
        int key = 0;
        User user;
        soci::statement select = (sql_.prepare << "SELECT id, name, fullname, password FROM users WHERE id = :id",
                                  soci::use(key), soci::into(user));
        for (const int wanted : keys) {
            key = wanted;
            if (!select.execute(true)) fail("a user is missing");
            sum += touched(user);
        }
        return sum;
    }

    void rename_users(std::vector<User>& users, const std::vector<std::string>& names) override {
        std::vector<int> ids;
        std::vector<std::string> changed;
        for (std::size_t i = 0; i < users.size(); ++i) {
            users[i].name = names[i];
            ids.push_back(users[i].id);
            changed.push_back(users[i].name);
        }
        soci::statement update =
            (sql_.prepare << "UPDATE users SET name = :name WHERE id = :id", soci::use(changed), soci::use(ids));
        update.execute(true);
    }

    std::vector<UserWithAddresses> load_eagerly() override {
        std::vector<UserWithAddresses> users = without_addresses();
        std::unordered_map<int, std::size_t> places;
        places.reserve(users.size());
        for (std::size_t i = 0; i < users.size(); ++i) places.emplace(users[i].user.id, i);
        for (Address& address : loaded<Address>("SELECT id, email_address, user_id FROM addresses"))
            users[places.at(address.user_id)].addresses.push_back(std::move(address));
        return users;
    }

    std::vector<UserWithAddresses> load_lazily() override {
        std::vector<UserWithAddresses> users = without_addresses();
        int key = 0;
        Address address;
        soci::statement select =
            (sql_.prepare << "SELECT id, email_address, user_id FROM addresses WHERE user_id = :id", soci::use(key),
             soci::into(address));
        for (auto& [user, addresses] : users) {
            key = user.id;
            select.execute();
            while (select.fetch()) addresses.push_back(address);
        }
        return users;
    }

    std::vector<Name> load_names() override {
        std::vector<int> ids(rows_a_fetch);
        std::vector<std::string> texts(rows_a_fetch);
        std::vector<Name> names;
        soci::statement select = (sql_.prepare << "SELECT id, name FROM users", soci::into(ids), soci::into(texts));
        select.execute();
        while (select.fetch()) {
            for (std::size_t i = 0; i < ids.size(); ++i) names.push_back({ids[i], std::move(texts[i])});
            ids.resize(rows_a_fetch);
            texts.resize(rows_a_fetch);
        }
        return names;
    }

    std::uint64_t search(const std::vector<Search>& searches) override {
        std::uint64_t sum = 0;
        Search values{};
        Match match;
        soci::statement select = (sql_.prepare << "SELECT users.name, addresses.email_address FROM users "
                                                  "JOIN addresses ON users.id = addresses.user_id "
                                                  "WHERE users.id >= :first AND users.id < :last "
                                                  "AND addresses.email_address != :without "
                                                  "ORDER BY addresses.email_address LIMIT "
                                               << search_limit,
                                  soci::use(values.from), soci::use(values.to), soci::use(values.without),
                                  soci::into(match.name), soci::into(match.email_address));
        for (const Search& wanted : searches) {
            values = wanted;
            std::vector<Match> matches;
            select.execute();
            while (select.fetch()) matches.push_back(match);
            for (const Match& found : matches) sum += touched(found);
        }
        return sum;
    }

  private:
    int last_key() {
        long long key = 0;
        if (!sql_.get_last_insert_id("users", key)) fail("no key of the inserted row");
        return static_cast<int>(key);
    }
    template <class Record>
    std::vector<Record> loaded(const std::string& query) {
        const soci::rowset<Record> rows = (sql_.prepare << query);
        return {rows.begin(), rows.end()};
    }
    std::vector<UserWithAddresses> without_addresses() {
        std::vector<UserWithAddresses> users;
        for (User& user : load_users()) users.push_back({std::move(user), {}});
        return users;
    }

    soci::session sql_;
};

}  // namespace

std::unique_ptr<Library> open_soci(const Database& database) { return std::make_unique<SociLibrary>(database); }

}  // namespace bench
