// The claims of docs/from-sqlalchemy.md, one by one.
#include "seed000.hpp"
#include "support/temporary.hpp"

#include <aludel/sql/compile/ddl.hpp>
#include <aludel/sql/compile/to_string.hpp>
#include <aludel/types/bytes.hpp>
#include <aludel/types/decimal.hpp>
#include <aludel/types/json.hpp>
#include <aludel/types/uuid.hpp>

using namespace aludel;
using namespace std::chrono_literals;

namespace notes {
namespace {

enum class Colour { red, green, blue };

int next_rank() { return 7; }

struct Everything {
    static constexpr auto table_name = "everything";
    Mapped<std::int64_t, primary_key> id;
    Mapped<bool> flag;
    Mapped<std::int16_t> small;
    Mapped<int> plain;
    Mapped<std::int64_t> big;
    Mapped<float> single;
    Mapped<double> twice;
    Mapped<std::string, String(20)> label;
    Mapped<std::string, Text> story;
    Mapped<Bytes> raw;
    Mapped<std::chrono::year_month_day> day;
    Mapped<std::chrono::sys_time<std::chrono::microseconds>> moment;
    Mapped<Time> hour;
    Mapped<std::chrono::microseconds> span;
    Mapped<Decimal> price;
    Mapped<Uuid> token;
    Mapped<Json> notes;
    Mapped<Colour> colour;
    Mapped<std::optional<int>> maybe;
};

struct Options {
    static constexpr auto table_name = "options";
    Mapped<int, primary_key, no_autoincrement> id;
    Mapped<std::string, String(20), aludel::name("user_name"), indexed> name;
    Mapped<int, insert_default<&next_rank>()> rank;
    Mapped<int, server_default("1")> level;
    Mapped<std::optional<int>, ForeignKey("options.id", ondelete("CASCADE"))> parent_id;
    static auto table_args() { return TableArgs{UniqueConstraint("rank", "level")}; }
};

using DifferencesBase = Registry<Everything, Options>;

std::string create_table(std::string_view table, const Dialect& dialect = dialects::sqlite()) {
    return test::folded(create_table_sql(DifferencesBase::metadata().table(table), dialect));
}

TEST(FromSqlalchemy, types_of_columns_follow_the_types_of_members) {
    EXPECT_EQ(create_table("everything"),
              "CREATE TABLE everything ( id INTEGER NOT NULL, flag BOOLEAN NOT NULL, small SMALLINT NOT NULL, plain "
              "INTEGER NOT "
              "NULL, big BIGINT NOT NULL, single FLOAT NOT NULL, twice FLOAT NOT NULL, label VARCHAR(20) NOT NULL, "
              "story TEXT NOT NULL, "
              "raw BLOB NOT NULL, day DATE NOT NULL, moment DATETIME NOT NULL, hour TIME NOT NULL, span DATETIME NOT "
              "NULL, price NUMERIC NOT "
              "NULL, token "
              "CHAR(32) NOT NULL, notes JSON NOT NULL, colour VARCHAR(5) NOT NULL, maybe INTEGER, PRIMARY KEY (id) )");
}

TEST(FromSqlalchemy, double_keeps_its_digits_where_the_database_has_such_a_type) {
    EXPECT_NE(create_table("everything", dialects::mysql()).find("single FLOAT NOT NULL, twice DOUBLE NOT NULL"),
              std::string::npos);
    EXPECT_NE(create_table("everything", dialects::postgresql())
                  .find("single FLOAT NOT NULL, twice DOUBLE PRECISION NOT NULL"),
              std::string::npos);
}

TEST(FromSqlalchemy, key_of_64_bits_is_integer_on_sqlite_alone) {
    EXPECT_TRUE(create_table("everything").starts_with("CREATE TABLE everything ( id INTEGER NOT NULL,"));
    EXPECT_TRUE(create_table("everything", dialects::postgresql())
                    .starts_with("CREATE TABLE everything ( id BIGSERIAL NOT NULL,"));
}

TEST_F(Seed000, options_of_columns) {
    EXPECT_EQ(create_table("options"),
              "CREATE TABLE options ( id INTEGER NOT NULL, user_name VARCHAR(20) NOT NULL, rank INTEGER NOT NULL, "
              "level INTEGER "
              "DEFAULT '1' NOT NULL, parent_id INTEGER, PRIMARY KEY (id), UNIQUE (rank, level), FOREIGN KEY(parent_id) "
              "REFERENCES "
              "options (id) ON DELETE CASCADE )");
    DifferencesBase::metadata().create_all(engine);
    EXPECT_EQ(log_.statements().back(), "CREATE INDEX ix_options_user_name ON options (user_name)");
    Session session{engine};
    const auto one = session.add(Options{.id = 1, .name = "ed"});
    session.flush();
    EXPECT_EQ(*one->rank, 7);
    EXPECT_EQ(*one->level, 1);
}

TEST(FromSqlalchemy, placeholders_are_those_of_each_database) {
    const auto criterion = col<&User::name> == "ed" && col<&User::id> > 1;
    EXPECT_EQ(to_string(criterion, dialects::sqlite()), "user.name = ? AND user.id > ?");
    EXPECT_EQ(to_string(criterion, dialects::mysql()), "user.name = ? AND user.id > ?");
    EXPECT_EQ(to_string(criterion, dialects::postgresql()), "\"user\".name = $1 AND \"user\".id > $2");
    EXPECT_EQ(to_string(criterion), "\"user\".name = :name_1 AND \"user\".id > :id_1");
}

TEST(FromSqlalchemy, begin_is_real_and_a_read_belongs_to_the_transaction) {
    const test::FreshFile file;
    const Engine engine = create_engine(file.url(), {.busy_timeout = 0ms});
    Base::metadata().create_all(engine);
    Connection reader = engine.connect();
    EXPECT_EQ(reader.scalar(select(func::count()).select_from(entity<User>)), 0);
    Connection writer = engine.connect();
    writer.execute(insert(entity<User>).values("name"_a = "ed", "password"_a = "pw"));
    EXPECT_THROW(writer.commit(), OperationalError);  // the reader's transaction still holds its lock
    reader.rollback();
    writer.rollback();
}

struct Uncreatable {
    static constexpr auto table_name = "uncreatable";
    Mapped<int, primary_key> id;
    Mapped<int, check("no such function(1)")> value;
};
struct Creatable {
    static constexpr auto table_name = "creatable";
    Mapped<int, primary_key> id;
};

TEST(FromSqlalchemy, failed_create_all_is_undone_as_a_whole) {
    const test::FreshFile file;
    const Engine engine = create_engine(file.url());
    const auto create = [&] { Registry<Creatable, Uncreatable>::metadata().create_all(engine); };
    EXPECT_THROW(create(), DBAPIError);
    EXPECT_EQ(engine.connect().execute(text("PRAGMA main.table_info(\"creatable\")")).all().size(), 0u);
}

TEST_F(Seed000, foreign_keys_are_enforced_unless_told_otherwise) {
    EXPECT_EQ(engine.connect().scalar(text("PRAGMA foreign_keys").columns<int>()), 1);
    const Engine lax = create_engine("sqlite://", {.foreign_keys = false});
    EXPECT_EQ(lax.connect().scalar(text("PRAGMA foreign_keys").columns<int>()), 0);
    EXPECT_EQ(log_.statements(), Lines{"PRAGMA foreign_keys"});
}

TEST_F(Seed000Rows, values_that_do_not_fit_are_data_errors) {
    session.execute(text("UPDATE post SET author_id = 1 WHERE id = 1"));
    session.execute(text("PRAGMA defer_foreign_keys = ON"));
    session.execute(text("UPDATE post SET author_id = 5000000000 WHERE id = 1"));
    EXPECT_THROW(posts().all(), DataError);
    session.execute(text("UPDATE post SET author_id = 'ed' WHERE id = 1"));
    try {
        posts().all();
        FAIL() << "text came out of an integer column";
    } catch (const DataError& error) {
        EXPECT_NE(std::string(error.what()).find("post.author_id"), std::string::npos) << error.what();
    }
    session.rollback();
}

struct Counted {
    static constexpr auto table_name = "counted";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<int> visits = 0;
};
struct Summary {
    std::string name;
    std::int64_t total = 0;
};

class FromSqlalchemyRows : public Seed000 {
  protected:
    FromSqlalchemyRows() {
        Registry<Counted>::metadata().create_all(engine);
        session.add_all(ed, Counted{.name = "wendy", .visits = 3}, std::vector{make(Counted{.name = "jack"})});
        session.commit();
        log();
    }

    Session session{engine, {.expire_on_commit = false}};
    const Ptr<Counted> ed = make(Counted{.name = "ed"});
};

TEST_F(FromSqlalchemyRows, session_of_the_table) {
    EXPECT_EQ(object_state(make(Counted{})), ObjectState::transient);
    EXPECT_EQ(object_state(ed), ObjectState::persistent);
    ed->visits = col<&Counted::visits> + 1;
    EXPECT_TRUE(session.is_modified(ed));
    EXPECT_TRUE(session.dirty().contains(ed));
    session.flush();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "UPDATE counted SET visits=(counted.visits + ?) WHERE counted.id = ?",
                            "    (1, 1)"}));
    {
        const auto guard = session.no_autoflush();
        session.begin_nested([&] { session.delete_(ed); });
    }
    EXPECT_FALSE(session.contains(ed));
    EXPECT_FALSE(session.get<Counted>(1));
}

TEST_F(FromSqlalchemyRows, query_of_the_table) {
    static_assert(std::is_same_v<decltype(session.query<Counted>().count()), std::int64_t>);
    const auto name = col<&Counted::name>;
    const auto pairs = session.query(name, func::count()).group_by(name).order_by("name").all();
    ASSERT_EQ(pairs.size(), 3u);
    EXPECT_EQ(std::get<0>(pairs[0]), "ed");
    const auto total = func::sum(col<&Counted::visits>).label("total");
    const auto sums = session.query(name, total).group_by(name).order_by(desc("total")).all<Summary>();
    EXPECT_EQ(sums.front().name, "wendy");
    EXPECT_EQ(sums.front().total, 3);

    const auto other = aliased<Counted>();
    EXPECT_EQ(session.query(other[&Counted::name]).filter(other[&Counted::visits] > 2).scalar(), "wendy");
    EXPECT_EQ(session.query(entity<Counted>, func::count()).group_by(col<&Counted::id>).all().size(), 3u);
    std::size_t letters = 0;
    for (const auto& each : session.query<Counted>().stream()) letters += each->name->size();
    EXPECT_EQ(letters, std::string("edwendyjack").size());
    const auto fetching = session.query<Counted>().synchronize_session(SynchronizeSession::fetch);
    EXPECT_EQ(fetching.filter(name != "jack").update(col<&Counted::visits> = 9), 2);
    EXPECT_EQ(ed->visits, 9);
}

TEST_F(FromSqlalchemyRows, connection_of_the_table) {
    EXPECT_EQ(session.execute(text("SELECT visits FROM counted WHERE name = :x"), "x"_a = "wendy").scalar<int>(), 3);
    session.commit();
    engine.begin([](Connection& connection) {
        const auto row =
            connection.execute(text("SELECT name, visits FROM counted WHERE visits = :x"), "x"_a = 3).one();
        EXPECT_EQ(row.get<std::string>("name"), "wendy");
        EXPECT_EQ(row.get<int>(1), 3);
        const auto typed = connection.execute(select(col<&Counted::name>, col<&Counted::visits>)).all();
        static_assert(std::is_same_v<decltype(typed), const std::vector<std::tuple<std::string, int>>>);
        EXPECT_EQ(typed.size(), 3u);
    });
}

TEST(FromSqlalchemy, expressions_of_the_table) {
    const auto name = col<&User::name>;
    const auto text_of = [](const auto& expression) { return to_string(expression, dialects::sqlite()); };
    EXPECT_EQ(text_of(col<&User::admin> == nullptr), "user.admin IS NULL");
    EXPECT_EQ(text_of(col<&User::admin>.is_(std::nullopt)), "user.admin IS NULL");
    EXPECT_EQ(text_of(name.startswith("e", autoescape)), "user.name LIKE ? || '%' ESCAPE '/'");
    EXPECT_EQ(text_of(func::call<int>("any_name", name)), "any_name(user.name)");
    EXPECT_EQ(text_of(func::row_number().over(Window{}.partition_by(name).order_by(col<&User::id>.desc()))),
              "row_number() OVER (PARTITION BY user.name ORDER BY user.id DESC)");
    EXPECT_EQ(text_of(cast<int>(name)), "CAST(user.name AS INTEGER)");
    EXPECT_EQ(text_of(case_(when(name == "ed", 1), else_(2))), "CASE WHEN (user.name = ?) THEN ? ELSE ? END");
    EXPECT_EQ(test::folded(text_of(select(name).where(name != "ed"))),
              "SELECT user.name FROM user WHERE user.name != ?");
    EXPECT_EQ(test::folded(text_of(insert(entity<User>).values("name"_a = "ed"))),
              "INSERT INTO user (name) VALUES (?)");
    EXPECT_EQ(test::folded(text_of(update(entity<User>).where(name == "ed").values(name = "wendy"))),
              "UPDATE user SET name=? WHERE user.name = ?");
    EXPECT_EQ(test::folded(text_of(delete_(entity<User>).where(name == "ed"))), "DELETE FROM user WHERE user.name = ?");
}

}  // namespace
}  // namespace notes
