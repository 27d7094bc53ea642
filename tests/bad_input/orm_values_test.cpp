// Values and rows that do not fit: each is an error that names the column, and nothing is lost.
#include "support/log_capture.hpp"
#include "support/temporary.hpp"

#include <aludel/aludel.hpp>
#include <aludel/types/date_time.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <string>

namespace aludel::test {
namespace {

enum class Color { red, green };

struct Thing {
    static constexpr auto table_name = "things";
    Mapped<int, primary_key> id;
    Mapped<int> number = 0;
    Mapped<std::string> text = "";
    Mapped<std::optional<std::chrono::year_month_day>> day;
    Mapped<std::optional<double>> weight;
    Mapped<std::optional<std::uint64_t>> large;
    Mapped<std::optional<bool>> flag;
    Mapped<std::optional<Color>> color;
};

using Base = Registry<Thing>;

class BadValues : public ::testing::Test {
  protected:
    BadValues() : engine(create_engine("sqlite://")), session(engine) { Base::metadata().create_all(engine); }

    /// What reading the only row says after `sql` has changed it behind the mapping's back.
    std::string error_after(const std::string& sql) {
        session.execute(text("INSERT INTO things (id, number, text) VALUES (1, 5, 'x')"));
        session.execute(text(sql));
        try {
            (void)session.query<Thing>().all();
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    }

    Engine engine;
    Session session;
};

void expect_parts(const std::string& message, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts)
        EXPECT_NE(message.find(part), std::string::npos) << part << " in\n" << message;
}

TEST_F(BadValues, text_in_an_integer_column_names_column_and_value) {
    expect_parts(error_after("UPDATE things SET number = 'five'"), {"things.number", "five", "[SQL: SELECT things.id"});
}

TEST_F(BadValues, null_in_a_column_without_optional_says_what_to_do) {
    session.execute(text("DROP TABLE things"));
    session.execute(
        text("CREATE TABLE things (id INTEGER PRIMARY KEY, number INTEGER, text TEXT, day DATE, weight FLOAT, "
             "large BIGINT, flag BOOLEAN, color TEXT)"));
    expect_parts(error_after("UPDATE things SET number = NULL"), {"things.number", "NULL", "std::optional"});
}

TEST_F(BadValues, date_that_is_none_names_column_and_text) {
    expect_parts(error_after("UPDATE things SET day = '2023-02-30'"), {"things.day", "2023-02-30"});
}

TEST_F(BadValues, integer_out_of_range_is_not_cut) {
    expect_parts(error_after("UPDATE things SET number = 2147483648"), {"things.number", "2147483648", "int"});
}

TEST_F(BadValues, boolean_that_is_neither_is_an_error) {
    expect_parts(error_after("UPDATE things SET flag = 2"), {"things.flag", "2"});
}

TEST_F(BadValues, unknown_enumerator_lists_the_known_ones) {
    expect_parts(error_after("UPDATE things SET color = 'blue'"), {"things.color", "blue", "red", "green"});
}

TEST_F(BadValues, session_is_usable_after_a_bad_row) {
    error_after("UPDATE things SET number = 'five'");
    session.execute(text("UPDATE things SET number = 6"));
    EXPECT_EQ(session.query<Thing>().one()->number, 6);
}

TEST_F(BadValues, nan_is_refused_before_it_becomes_null) {
    session.add(Thing{.weight = std::numeric_limits<double>::quiet_NaN()});
    try {
        session.flush();
        FAIL();
    } catch (const DataError& error) {
        expect_parts(error.what(), {"weight", "nan"});
    }
}

TEST_F(BadValues, unsigned_above_the_signed_range_is_refused) {
    session.add(Thing{.large = std::numeric_limits<std::uint64_t>::max()});
    try {
        session.flush();
        FAIL();
    } catch (const DataError& error) {
        expect_parts(error.what(), {"large", "18446744073709551615"});
    }
    session.rollback();
    auto fits = session.add(Thing{.large = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())});
    session.commit();
    EXPECT_EQ(fits->large, static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
}

TEST_F(BadValues, date_that_is_none_is_refused_on_the_way_in) {
    using namespace std::chrono;
    session.add(Thing{.day = year_month_day{year{2023}, month{2}, day{30}}});
    try {
        session.flush();
        FAIL();
    } catch (const DataError& error) {
        expect_parts(error.what(), {"things.day"});
    }
}

TEST_F(BadValues, ten_megabytes_of_text_come_back_whole) {
    std::string large(10'000'000, 'x');
    large[5'000'000] = '\0';
    auto thing = session.add(Thing{.text = large});
    session.commit();
    EXPECT_EQ(thing->text->size(), large.size());
    EXPECT_TRUE(*thing->text == large);
    EXPECT_EQ(session.query<Thing>().filter(col<&Thing::text> == large).count(), 1);
}

TEST_F(BadValues, values_are_never_sql) {
    const std::string attack = "x'; DROP TABLE things; --";
    session.add(Thing{.text = attack});
    session.commit();
    EXPECT_EQ(session.query<Thing>().filter(col<&Thing::text> == attack).count(), 1);
    EXPECT_EQ(session.query<Thing>().filter_by("text"_a = attack).count(), 1);
    EXPECT_EQ(session.query<Thing>().filter(col<&Thing::text>.in_({attack, "y"})).count(), 1);
    EXPECT_EQ(session.query<Thing>().filter(col<&Thing::text>.like(attack)).count(), 1);
    EXPECT_EQ(session.query<Thing>().filter(col<&Thing::text>.contains("'; DROP", autoescape)).count(), 1);
    EXPECT_EQ(session.query<Thing>().filter(col<&Thing::text> == attack).update(col<&Thing::text> = attack + "!"), 1);
    EXPECT_EQ(session.execute(text("SELECT count(*) FROM things WHERE text = :t").bindparams("t"_a = attack + "!"))
                  .scalar<int>(),
              1);
    EXPECT_EQ(session.query<Thing>().count(), 1);
}

TEST_F(BadValues, names_are_quoted_wherever_they_stand) {
    const std::string odd = "a\"b'; DROP TABLE things; --";
    MetaData metadata;
    const Table table{odd,
                      metadata,
                      Column{"order", Integer, primary_key},
                      Column{"名字 with space", String},
                      Column{odd, Integer, unique},
                      Index("ix " + odd, odd)};
    metadata.create_all(engine);
    engine.begin([&](Connection& connection) {
        connection.execute(insert(table).values("order"_a = 1, "名字 with space"_a = "中文"));
        const auto found = connection
                               .execute(select(table.c<std::string>("名字 with space").label(odd))
                                            .where(table.c<int>("order") == 1)
                                            .order_by(table.c(odd)))
                               .one();
        EXPECT_EQ(found, "中文");
    });
    metadata.drop_all(engine);
    EXPECT_EQ(session.query<Thing>().count(), 0);
}

TEST_F(BadValues, name_with_a_zero_byte_is_refused) {
    MetaData metadata;
    EXPECT_THROW(
        {
            const Table table(std::string("a\0b", 3), metadata, Column{"id", Integer, primary_key});
            metadata.create_all(engine);
        },
        Error);
}

TEST_F(BadValues, session_of_a_database_that_cannot_be_opened_reports_it_and_recovers) {
    const TemporaryDirectory directory;
    Session broken{create_engine("sqlite:///" + directory.path().string())};
    EXPECT_THROW((void)broken.query<Thing>().all(), OperationalError);
    EXPECT_THROW((void)broken.query<Thing>().all(), OperationalError);
    broken.rollback();
}

TEST_F(BadValues, closed_connection_says_so) {
    Connection connection = engine.connect();
    connection.close();
    EXPECT_THROW(connection.execute(text("SELECT 1")), ResourceClosedError);
    EXPECT_THROW(connection.commit(), ResourceClosedError);
}

}  // namespace
}  // namespace aludel::test
