// Many new rows without keys: they travel together, and every object has the key of its own row.
#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>
#include <aludel/orm/inspect.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace aludel::many_rows_tests {
namespace {

struct Coin {
    static constexpr auto table_name = "coins";
    Mapped<std::int64_t, primary_key> id;
    Mapped<std::string, unique> name;
    Mapped<std::optional<int>> year;
};
/// Nothing but its key.
struct Token {
    static constexpr auto table_name = "tokens";
    Mapped<int, primary_key> id;
};
using Coins = Registry<Coin, Token>;

class ManyRows : public ::testing::Test {
  protected:
    ManyRows() { Coins::metadata().create_all(engine); }

    void run(const std::string& sql) {
        engine.begin([&](Connection& connection) { connection.exec_driver_sql(sql); });
    }
    std::vector<Ptr<Coin>> add(int count) {
        std::vector<Ptr<Coin>> coins;
        for (int i = 0; i < count; ++i) coins.push_back(session.add(Coin{.name = "coin " + std::to_string(i)}));
        return coins;
    }
    /// Each object's key leads to the row with the object's name.
    void expect_own_keys(const std::vector<Ptr<Coin>>& coins) {
        Session other{engine};
        for (const auto& coin : coins) {
            const auto row = other.get<Coin>(*coin->id);
            ASSERT_TRUE(row) << *coin->id;
            EXPECT_EQ(row->name, *coin->name);
        }
    }

    Engine engine = create_engine("sqlite://");
    Session session{engine, {.expire_on_commit = false}};
};

TEST_F(ManyRows, keys_come_back_in_order_whatever_the_number) {
    int coin = 0;
    for (const int count : {1, 2, 15, 16, 17, 63, 64, 65, 80, 100, 1000}) {
        std::vector<Ptr<Coin>> coins;
        for (int i = 0; i < count; ++i) coins.push_back(session.add(Coin{.name = std::to_string(coin++)}));
        session.commit();
        expect_own_keys(coins);
    }
    EXPECT_EQ(session.query<Coin>().count(), coin);
}

TEST_F(ManyRows, few_rows_are_sent_as_sqlalchemy_sends_them) {
    session.connection();
    const auto before = session.statement_count();
    add(15);
    session.flush();
    EXPECT_EQ(session.statement_count() - before, 15U);
}

TEST_F(ManyRows, many_rows_are_one_execution) {
    session.connection();
    const auto before = session.statement_count();
    add(200);
    session.flush();
    EXPECT_EQ(session.statement_count() - before, 1U);
}

TEST_F(ManyRows, rows_of_other_shapes_keep_the_order_of_add) {
    std::vector<Ptr<Coin>> coins;
    for (int i = 0; i < 60; ++i) {
        const bool has_key = i / 20 == 1;
        coins.push_back(session.add(has_key ? Coin{.id = 5000 + i, .name = std::to_string(i)}
                                            : Coin{.name = std::to_string(i), .year = 1900 + i}));
    }
    session.commit();
    expect_own_keys(coins);
    EXPECT_EQ(coins[19]->id, 20);
    EXPECT_EQ(coins[20]->id, 5020);
    EXPECT_EQ(coins[40]->id, 5040);  // SQLite goes on behind the greatest key
}

TEST_F(ManyRows, trigger_that_adds_rows_to_the_same_table_takes_no_keys) {
    run("CREATE TRIGGER twice AFTER INSERT ON coins WHEN NEW.year IS NULL BEGIN "
        "INSERT INTO coins (name, year) VALUES (NEW.name || ' again', 1); END");
    const auto coins = add(100);
    session.commit();
    EXPECT_EQ(session.query<Coin>().count(), 200);
    expect_own_keys(coins);
}

TEST_F(ManyRows, trigger_of_another_connection_is_seen) {
    const std::string url = "sqlite:///" + ::testing::TempDir() + "aludel-many-rows.db";
    engine.dispose();
    engine = create_engine(url);
    Coins::metadata().drop_all(engine);
    Coins::metadata().create_all(engine);
    session = Session{engine, {.expire_on_commit = false}};
    add(100);
    session.commit();  // the statements are prepared now
    create_engine(url).begin([](Connection& connection) {
        connection.exec_driver_sql(
            "CREATE TRIGGER before BEFORE INSERT ON coins WHEN NEW.year IS NULL BEGIN "
            "INSERT INTO coins (name, year) VALUES (NEW.name || ' before', 1); END");
    });
    std::vector<Ptr<Coin>> coins;
    for (int i = 0; i < 100; ++i) coins.push_back(session.add(Coin{.name = "later " + std::to_string(i)}));
    session.commit();
    expect_own_keys(coins);
}

TEST_F(ManyRows, trigger_that_writes_elsewhere_takes_no_keys) {
    run("CREATE TABLE log (id INTEGER PRIMARY KEY, name TEXT)");
    run("CREATE TRIGGER logs AFTER INSERT ON coins BEGIN INSERT INTO log (name) VALUES (NEW.name); END");
    run("INSERT INTO log (id, name) VALUES (77, 'x')");
    const auto coins = add(50);
    session.commit();
    expect_own_keys(coins);
}

TEST_F(ManyRows, keys_behind_the_greatest_number_are_known) {
    run("INSERT INTO coins (id, name) VALUES (9223372036854775807, 'last')");
    const auto coins = add(40);  // SQLite picks numbers by chance now
    session.commit();
    expect_own_keys(coins);
}

TEST_F(ManyRows, failure_in_the_middle_leaves_nothing) {
    run("INSERT INTO coins (name) VALUES ('coin 150')");
    const auto coins = add(200);
    EXPECT_THROW(session.commit(), IntegrityError);
    session.rollback();
    EXPECT_EQ(session.query<Coin>().count(), 1);
    EXPECT_TRUE(std::all_of(coins.begin(), coins.end(), [](const auto& coin) { return inspect(coin).transient(); }));
}

TEST_F(ManyRows, rows_of_nothing_but_their_keys_get_them) {
    std::vector<Ptr<Token>> tokens;
    for (int i = 0; i < 40; ++i) tokens.push_back(session.add(Token{}));
    session.commit();
    for (int i = 0; i < 40; ++i) EXPECT_EQ(tokens[static_cast<std::size_t>(i)]->id, i + 1);
}

TEST_F(ManyRows, known_keys_travel_together_too) {
    std::vector<Ptr<Coin>> coins;
    for (int i = 0; i < 150; ++i) coins.push_back(session.add(Coin{.id = 10'000 - i, .name = std::to_string(i)}));
    session.commit();
    expect_own_keys(coins);
}

TEST_F(ManyRows, quotes_and_markers_in_names_are_no_markers) {
    MetaData metadata;
    const Table odd("odd ? (?, ?) VALUES (?", metadata, Column("a?b", Integer, primary_key),
                    Column("\"c) VALUES (?", Text));
    metadata.create_all(engine);
    std::vector<ParameterRow> rows;
    for (int i = 1; i <= 40; ++i) rows.push_back({Value::of(i), Value::text(std::to_string(i) + " ? ")});
    const std::vector<std::string> names{"a?b", "\"c) VALUES (?"};
    engine.begin([&](Connection& connection) {
        EXPECT_EQ(connection.execute_many(insert(odd), names, rows).rowcount(), 40);
        EXPECT_EQ(connection.scalar(text("SELECT count(*) FROM \"odd ? (?, ?) VALUES (?\" WHERE \"\"\"c) VALUES (?\" = "
                                         "\"a?b\" || ' ? '")
                                        .columns<int>()),
                  40);
    });
}

TEST_F(ManyRows, rows_of_every_shape_beyond_what_is_written_at_once) {
    std::vector<Ptr<Coin>> coins = add(5000);
    for (std::size_t i = 0; i < coins.size(); ++i) {
        if (i % 3 == 0) coins[i]->year = static_cast<int>(i);
        if (i % 1000 == 999) coins[i]->id = 100'000 + static_cast<std::int64_t>(i);
    }
    session.commit();
    expect_own_keys(coins);
    Session other{engine};
    EXPECT_EQ(other.query<Coin>().filter(col<&Coin::year> != nullptr).count(), 1667);
    EXPECT_EQ(*other.get<Coin>(*coins[3]->id)->year, 3);
}

TEST_F(ManyRows, changes_of_every_shape_beyond_what_is_written_at_once) {
    const std::vector<Ptr<Coin>> coins = add(5000);
    session.commit();
    for (std::size_t i = 0; i < coins.size(); ++i) {
        if (i % 7 != 0) coins[i]->name = "new " + std::to_string(i);
        if (i % 5 == 0) coins[i]->year = static_cast<int>(i);
        if (i % 11 == 0) coins[i]->year = std::nullopt;
    }
    session.commit();
    Session other{engine};
    const auto rows = other.query<Coin>().order_by(col<&Coin::id>).all();
    ASSERT_EQ(rows.size(), coins.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(*rows[i]->name, (i % 7 != 0 ? "new " : "coin ") + std::to_string(i));
        const bool has_year = i % 5 == 0 && i % 11 != 0;
        EXPECT_EQ(*rows[i]->year, has_year ? std::optional(static_cast<int>(i)) : std::nullopt);
    }
}

TEST_F(ManyRows, attribute_that_is_changed_and_changed_back_is_not_written) {
    const std::vector<Ptr<Coin>> coins = add(20);
    session.commit();
    for (const auto& coin : coins) {
        const std::string name = *coin->name;
        coin->name = "other";
        coin->year = 1;
        coin->name = name;
    }
    session.commit();
    Session other{engine};
    EXPECT_EQ(other.query<Coin>().filter(col<&Coin::year> == 1).count(), 20);
}

}  // namespace
}  // namespace aludel::many_rows_tests
