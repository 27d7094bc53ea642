// Statements of the expression language on a connection: what they do and what they tell.
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

using ::testing::ElementsAre;

class CoreStatements : public EmptyDatabaseTest {
  protected:
    void SetUp() override {
        EmptyDatabaseTest::SetUp();
        if (IsSkipped()) return;
        metadata_.create_all(engine);
        connection_ = engine.connect();
        log.clear();
    }
    void TearDown() override {
        connection_.reset();
        EmptyDatabaseTest::TearDown();
    }
    Connection& connection() { return *connection_; }
    void insert_people(int count) {
        std::vector<ParameterRow> rows;
        for (int i = 1; i <= count; ++i) rows.push_back({Value::of(i), Value::text("p" + std::to_string(i))});
        EXPECT_EQ(connection().execute_many(insert(people_), Lines{"id", "name"}, rows).rowcount(), count);
    }
    std::int64_t count() { return connection().execute(select(func::count()).select_from(people_)).scalar_one(); }

  private:
    MetaData metadata_;

  protected:
    Table people_{"people", metadata_, Column{"id", Integer, primary_key}, Column{"name", String(20), not_null, unique},
                  Column{"age", Integer}};
    ColumnExpr<int> id = people_.c<int>("id");
    ColumnExpr<std::string> name = people_.c<std::string>("name");

  private:
    std::optional<Connection> connection_;
};
ALUDEL_ON_EVERY_DATABASE(CoreStatements);

TEST_P(CoreStatements, insert_tells_its_primary_key) {
    EXPECT_THAT(connection().execute(insert(people_).values("name"_a = "ed")).inserted_primary_key(),
                ElementsAre(Value::of(1)));
    EXPECT_THAT(connection().execute(insert(people_).values("id"_a = 7, "name"_a = "x")).inserted_primary_key(),
                ElementsAre(Value::of(7)));
    EXPECT_THROW(connection().execute(text("DELETE FROM people")).inserted_primary_key(), InvalidRequestError);
}

TEST_P(CoreStatements, executemany_counts_its_rows) {
    insert_people(3);
    EXPECT_EQ(count(), 3);
    EXPECT_EQ(connection().execute_many(insert(people_), Lines{"name"}, std::vector<ParameterRow>{}).rowcount(), 0);
}

TEST_P(CoreStatements, executemany_of_thousands_of_rows) {
    insert_people(5000);
    EXPECT_EQ(count(), 5000);
    EXPECT_EQ(connection().scalar(select(name).where(id == 5000)), "p5000");
}

TEST_P(CoreStatements, executemany_mixes_nulls_and_values_of_different_lengths) {
    const std::string long_name(20, 'x');
    const std::vector<ParameterRow> rows{{Value::text("a"), Value()},
                                         {Value::text(long_name), Value::of(5)},
                                         {Value::text(""), Value()},
                                         {Value::text("中文"), Value::of(-1)}};
    connection().execute_many(insert(people_), Lines{"name", "age"}, rows);
    const auto age = people_.c<std::optional<int>>("age");
    const auto found = connection().execute(select(name, age).order_by(id)).all();
    ASSERT_EQ(found.size(), 4u);
    EXPECT_EQ(found[0], (std::tuple{std::string("a"), std::optional<int>()}));
    EXPECT_EQ(found[1], (std::tuple{long_name, std::optional<int>(5)}));
    EXPECT_EQ(found[2], (std::tuple{std::string(), std::optional<int>()}));
    EXPECT_EQ(found[3], (std::tuple{std::string("中文"), std::optional<int>(-1)}));
}

TEST_P(CoreStatements, executemany_that_fails_in_the_middle_is_undone_by_rollback) {
    insert_people(1);
    connection().commit();
    const std::vector<ParameterRow> rows{
        {Value::of(2), Value::text("b")}, {Value::of(3), Value::text("p1")}, {Value::of(4), Value::text("d")}};
    EXPECT_THROW(connection().execute_many(insert(people_), Lines{"id", "name"}, rows), IntegrityError);
    connection().rollback();
    EXPECT_EQ(count(), 1);
}

TEST_P(CoreStatements, executemany_updates_and_deletes) {
    insert_people(4);
    const auto change = text("UPDATE people SET age = :age WHERE id = :id");
    const std::vector<ParameterRow> ages{{Value::of(10), Value::of(1)}, {Value::of(20), Value::of(2)}};
    EXPECT_EQ(connection().execute_many(change, Lines{"age", "id"}, ages).rowcount(), 2);
    const std::vector<ParameterRow> gone{{Value::of(3)}, {Value::of(4)}, {Value::of(99)}};
    EXPECT_EQ(connection().execute_many(text("DELETE FROM people WHERE id = :id"), Lines{"id"}, gone).rowcount(), 2);
    EXPECT_EQ(count(), 2);
}

TEST_P(CoreStatements, rows_are_typed_and_lists_expanded) {
    insert_people(3);
    EXPECT_THAT(connection().execute(select(id, name).where(id.in_({1, 3, 9})).order_by(id)).all(),
                ElementsAre(std::tuple{1, std::string{"p1"}}, std::tuple{3, std::string{"p3"}}));
    EXPECT_EQ(connection().scalar(select(name).where(id == 99)), std::nullopt);
}

TEST_P(CoreStatements, update_and_delete_tell_how_many_rows_they_found) {
    insert_people(3);
    EXPECT_EQ(connection().execute(update(people_).where(id > 1).values("age"_a = 5)).rowcount(), 2);
    EXPECT_EQ(connection().execute(update(people_).where(id > 1).values("age"_a = 5)).rowcount(), 2)
        << "the same again";
    EXPECT_EQ(connection().execute(update(people_).where(id > 9).values("age"_a = 5)).rowcount(), 0);
    EXPECT_EQ(connection().execute(delete_(people_).where(id == 1)).rowcount(), 1);
    EXPECT_EQ(connection().execute(delete_(people_)).rowcount(), 2);
}

TEST_P(CoreStatements, update_computes_from_the_row) {
    insert_people(2);
    connection().execute(update(people_).values("age"_a = id * 10));
    EXPECT_THAT(connection().execute(select(people_.c<int>("age")).order_by(id)).all(), ElementsAre(10, 20));
}

TEST_P(CoreStatements, insert_without_values_takes_defaults) {
    MetaData metadata;
    const Table log_table{"log", metadata, Column{"id", Integer, primary_key},
                          Column{"note", String(10), server_default("none")}};
    metadata.create_all(connection());
    connection().execute(insert(log_table));
    connection().execute(insert(log_table));
    EXPECT_THAT(connection().execute(select(log_table.c<int>("id")).order_by(log_table.c<int>("id"))).all(),
                ElementsAre(1, 2));
    EXPECT_EQ(connection().scalar(select(log_table.c<std::string>("note"))), "none");
}

TEST_P(CoreStatements, insert_from_a_select) {
    insert_people(3);
    MetaData metadata;
    const Table copy{"copy", metadata, Column{"id", Integer, primary_key}, Column{"name", String(20)}};
    metadata.create_all(connection());
    EXPECT_EQ(connection().execute(insert(copy).from_select({"id", "name"}, select(id, name).where(id > 1))).rowcount(),
              2);
    EXPECT_THAT(connection().execute(select(copy.c<std::string>("name")).order_by(copy.c<int>("id"))).all(),
                ElementsAre("p2", "p3"));
}

TEST_P(CoreStatements, text_takes_values_by_name) {
    const auto row =
        connection()
            .execute(text("SELECT :a + 0, :b, :a + 1").columns<int, std::string, int>(), "a"_a = 1, "b"_a = "it's")
            .one();
    EXPECT_EQ(row, (std::tuple{1, std::string("it's"), 2}));
    EXPECT_THROW(connection().execute(text("SELECT :a, :b"), "a"_a = 1), StatementError);
}

TEST_P(CoreStatements, rows_can_be_left_unread) {
    insert_people(100);
    auto result = connection().execute(select(id).order_by(id));
    EXPECT_EQ(result.fetchone(), 1);
    EXPECT_EQ(connection().scalar(select(name).where(id == 2)), "p2") << "a statement while rows of another are left";
    result.close();
    EXPECT_EQ(count(), 100);
}

TEST_P(CoreStatements, two_results_are_read_in_turns) {
    insert_people(10);
    auto up = connection().execute(select(id).order_by(id));
    auto down = connection().execute(select(id).order_by(id.desc()));
    for (int i = 1; i <= 10; ++i) {
        EXPECT_EQ(up.fetchone(), i);
        EXPECT_EQ(down.fetchone(), 11 - i);
    }
    EXPECT_EQ(up.fetchone(), std::nullopt);
}

TEST_P(CoreStatements, one_statement_runs_again_with_other_values) {
    insert_people(3);
    for (int i = 1; i <= 3; ++i) EXPECT_EQ(connection().scalar(select(name).where(id == i)), "p" + std::to_string(i));
    EXPECT_EQ(log.cache().back(), CacheStatus::cached);
}

TEST_P(CoreStatements, statement_survives_a_change_of_its_table) {
    insert_people(1);
    connection().commit();
    const auto all = [this] { return connection().exec_driver_sql("SELECT * FROM people").one().size(); };
    EXPECT_EQ(all(), 3u);
    connection().commit();
    connection().execute(text("ALTER TABLE people ADD COLUMN extra INTEGER"));
    connection().commit();
    EXPECT_EQ(all(), 4u);
}

TEST_P(CoreStatements, large_values_come_back_whole) {
    MetaData metadata;
    const Table files{"files", metadata, Column{"id", Integer, primary_key}, Column{"body", LargeBinary}};
    metadata.create_all(connection());
    Bytes small;
    for (int i = 0; i < 60'000; ++i) small.push_back(static_cast<std::byte>(i * 7));
    connection().execute(insert(files).values("id"_a = 1, "body"_a = small));
    EXPECT_EQ(connection().scalar(select(files.c<Bytes>("body"))), small);
}

TEST_P(CoreStatements, many_columns_come_in_their_order) {
    std::string sql = "SELECT 0 AS c0";
    for (int i = 1; i < 300; ++i) sql += ", " + std::to_string(i) + " AS c" + std::to_string(i);
    const auto row = connection().execute(text(sql)).one();
    ASSERT_EQ(row.size(), 300u);
    EXPECT_EQ(row.get<int>(299), 299);
    EXPECT_EQ(row.get<int>("c150"), 150);
}

TEST_P(CoreStatements, hostile_text_is_a_value_in_every_statement) {
    for (const std::string nasty : {"x'); DROP TABLE people; --", "\\'; DELETE FROM people; --", "\" OR 1=1",
                                    "%s %(x)s :name ? $1", "é\U0001F600`"}) {
        connection().execute(insert(people_).values("name"_a = nasty.substr(0, 20)));
        EXPECT_EQ(
            connection().execute(update(people_).where(name == nasty.substr(0, 20)).values("age"_a = 1)).rowcount(), 1);
        EXPECT_EQ(connection().execute(select(name).where(name == nasty.substr(0, 20))).one(), nasty.substr(0, 20));
        EXPECT_EQ(connection().execute(delete_(people_).where(name == nasty.substr(0, 20))).rowcount(), 1);
    }
    EXPECT_EQ(count(), 0);
}

TEST_P(CoreStatements, statements_and_engine_count_what_they_send) {
    const auto before = engine.statement_count();
    (void)count();
    (void)count();
    EXPECT_EQ(engine.statement_count() - before, 2u);
}

TEST_P(CoreStatements, script_of_several_rows_is_a_result_of_its_own_each) {
    EXPECT_EQ(connection().execute(text("SELECT 1 UNION ALL SELECT 2 ORDER BY 1")).as<int>().all(),
              (std::vector{1, 2}));
    EXPECT_EQ(connection().execute(text("SELECT 1 WHERE 1 = 0")).as<int>().all(), std::vector<int>{});
}

}  // namespace
}  // namespace aludel::test::compliance
