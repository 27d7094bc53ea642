// Queries: their SQL, their rows, their errors.
#include "orm/models.hpp"

namespace aludel::test {
namespace {

class QueryTest : public OrmTest {
  protected:
    QueryTest() : session(engine) {
        session.add_all(User{.name = "ed", .nick = "eddie", .age = 30}, User{.name = "wendy", .age = 25},
                        User{.name = "mary", .nick = "m", .age = 30});
        session.commit();
        log.clear();
    }
    Session session;
};

TEST_F(QueryTest, filter_several_ways_is_one_statement_text) {
    (void)session.query<User>().filter(col<&User::name> == "ed", col<&User::age> > 3).all();
    (void)session.query<User>().filter(col<&User::name> == "ed").filter(col<&User::age> > 3).all();
    (void)session.query<User>().filter(and_(col<&User::name> == "ed", col<&User::age> > 3)).all();
    const std::string sql = select_user + " WHERE users.name = ? AND users.age > ?";
    EXPECT_EQ(log.statements(), (Lines{sql, sql, sql}));
    EXPECT_EQ(log.cache()[1], CacheStatus::cached);
}

TEST_F(QueryTest, filter_by_compares_attributes_of_the_class) {
    EXPECT_EQ(session.query<User>().filter_by("name"_a = "ed", "age"_a = 30).one()->nick, "eddie");
    EXPECT_EQ(emitted()[0], select_user + " WHERE users.name = ? AND users.age = ?");
    EXPECT_TRUE(session.query<User>().filter_by("nick"_a = std::nullopt).one());
    EXPECT_EQ(emitted()[0], select_user + " WHERE users.nick IS NULL");
}

TEST_F(QueryTest, one_first_scalar_follow_sqlalchemy) {
    EXPECT_FALSE(session.query<User>().filter(col<&User::name> == "nobody").first());
    EXPECT_EQ(emitted(), (Lines{select_user + " WHERE users.name = ? LIMIT ? OFFSET ?", "    ('nobody', 1, 0)"}));
    EXPECT_FALSE(session.query<User>().filter(col<&User::name> == "nobody").one_or_none());
    EXPECT_THROW((void)session.query<User>().filter(col<&User::name> == "nobody").one(), NoResultFound);
    EXPECT_THROW((void)session.query<User>().one(), MultipleResultsFound);
    EXPECT_THROW((void)session.query<User>().one_or_none(), MultipleResultsFound);
    EXPECT_EQ(session.query(col<&User::age>).filter(col<&User::name> == "ed").scalar(), 30);
    EXPECT_EQ(session.query(func::count(col<&User::id>)).scalar(), 3);
    EXPECT_EQ(session.query(col<&User::id>).filter(col<&User::name> == "nobody").scalar(), std::nullopt);
}

TEST_F(QueryTest, count_wraps_the_query) {
    EXPECT_EQ(session.query<User>().filter(col<&User::age> == 30).count(), 2);
    EXPECT_EQ(emitted()[0], "SELECT count(*) AS count_1 FROM (" + select_user + " WHERE users.age = ?) AS anon_1");
}

TEST_F(QueryTest, columns_come_as_tuples) {
    std::vector<std::string> seen;
    for (auto& [name, age] : session.query(col<&User::name>, col<&User::age>).order_by(col<&User::name>)) {
        seen.push_back(name + std::to_string(age.value_or(0)));
    }
    EXPECT_EQ(seen, (Lines{"ed30", "mary30", "wendy25"}));
    EXPECT_EQ(emitted()[0], "SELECT users.name AS users_name, users.age AS users_age FROM users ORDER BY users.name");
}

TEST_F(QueryTest, entities_and_columns_mix) {
    session.add(Article{.user_id = 1, .title = "first"});
    auto rows =
        session.query(entity<User>, col<&Article::title>).filter(col<&User::id> == col<&Article::user_id>).all();
    ASSERT_EQ(rows.size(), 1u);
    auto& [user, title] = rows[0];
    EXPECT_EQ(user->name, "ed");
    EXPECT_EQ(title, "first");
}

TEST_F(QueryTest, aggregates_are_filled_by_name) {
    struct Row {
        std::optional<int> age;
        std::int64_t people;
    };
    auto rows = session.query(col<&User::age>, func::count(col<&User::id>).label("people"))
                    .group_by(col<&User::age>)
                    .having(func::count(col<&User::id>) > 1)
                    .all<Row>();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].age, 30);
    EXPECT_EQ(rows[0].people, 2);
    EXPECT_EQ(emitted()[0],
              "SELECT users.age AS users_age, count(users.id) AS people FROM users GROUP BY users.age "
              "HAVING count(users.id) > ?");
}

TEST_F(QueryTest, aggregate_member_without_column_is_an_error_that_lists_the_columns) {
    struct Row {
        std::string name;
        int height;
    };
    try {
        (void)session.query<User>().all<Row>();
        FAIL();
    } catch (const NoSuchColumnError& error) {
        EXPECT_EQ(error.message(),
                  "Row::height has no column in this query, which gives: id, name, nick, age. Name an "
                  "expression with label(\"height\")");
    }
}

TEST_F(QueryTest, null_in_a_column_without_optional_names_column_and_cure) {
    struct Row {
        std::string name;
        std::string nick;
    };
    try {
        (void)session.query<User>().all<Row>();
        FAIL();
    } catch (const DataError& error) {
        EXPECT_NE(std::string(error.what()).find("users.nick"), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("std::optional"), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("[SQL: SELECT users.id"), std::string::npos) << error.what();
    }
}

TEST_F(QueryTest, slice_limit_offset_distinct) {
    EXPECT_EQ(session.query(col<&User::age>).distinct().order_by(col<&User::age>.desc()).all(),
              (std::vector<std::optional<int>>{30, 25}));
    EXPECT_EQ(emitted()[0], "SELECT DISTINCT users.age AS users_age FROM users ORDER BY users.age DESC");
    EXPECT_EQ(session.query(col<&User::name>).order_by(col<&User::id>).slice(1, 3).all(), (Lines{"wendy", "mary"}));
    EXPECT_EQ(emitted(),
              (Lines{"SELECT users.name AS users_name FROM users ORDER BY users.id LIMIT ? OFFSET ?", "    (2, 1)"}));
    EXPECT_EQ(session.query(col<&User::name>).order_by(col<&User::id>).offset(2).all(), Lines{"mary"});
    EXPECT_EQ(emitted()[1], "    (-1, 2)");
    EXPECT_THROW((void)session.query<User>().limit(-1), ArgumentError);
}

TEST_F(QueryTest, filter_after_limit_is_an_error) {
    EXPECT_THROW((void)session.query<User>().limit(1).filter(col<&User::id> == 1), InvalidRequestError);
    EXPECT_THROW((void)session.query<User>().offset(1).order_by(col<&User::id>), InvalidRequestError);
}

TEST_F(QueryTest, exists_is_a_criterion) {
    const Expr has_ed = session.query<User>().filter(col<&User::name> == "ed").exists();
    EXPECT_EQ(session.query(has_ed).scalar(), true);
    EXPECT_EQ(emitted()[0], "SELECT EXISTS (SELECT 1 FROM users WHERE users.name = ?) AS anon_1");
}

TEST_F(QueryTest, query_is_a_value_and_runs_on_any_session) {
    const auto adults = session.query<User>().filter(col<&User::age> >= 30);
    const auto eds = adults.filter(col<&User::name> == "ed");
    EXPECT_EQ(adults.count(), 2);
    EXPECT_EQ(eds.count(), 1);
    Session other{engine};
    EXPECT_EQ(adults.with_session(other).all().size(), 2u);
    EXPECT_EQ(eds.str(), select_user.substr(0, select_user.find(" FROM")) +
                             " \nFROM users \nWHERE users.age >= ? AND users.name = ?");
}

TEST_F(QueryTest, steps_in_place_leave_copies_alone) {
    auto names = session.query(col<&User::name>).order_by(col<&User::id>);
    const auto before = names;
    auto thirty = std::move(names).filter(col<&User::age> == 30);
    EXPECT_EQ(before.all(), (Lines{"ed", "wendy", "mary"}));
    const auto copy = thirty;
    EXPECT_EQ(std::move(thirty).all(), (Lines{"ed", "mary"}));
    EXPECT_EQ(copy.offset(1).all(), Lines{"mary"});
    auto first = copy.limit(1);
    EXPECT_EQ(std::move(first).all(), Lines{"ed"});
    EXPECT_EQ(copy.all(), (Lines{"ed", "mary"}));
}

// NOLINTBEGIN(bugprone-use-after-move): what is tested
TEST_F(QueryTest, query_that_was_moved_from_says_so) {
    auto query = session.query<User>().filter(col<&User::id> == 1);
    EXPECT_THROW((void)std::move(query).limit(-1), ArgumentError);
    EXPECT_EQ(query.all().size(), 1u);  // the step that failed changed nothing
    EXPECT_EQ(std::move(query).all().size(), 1u);
    for (const auto& use : std::vector<std::function<void()>>{
             [&] { (void)query.all(); }, [&] { (void)query.count(); }, [&] { (void)query.str(); },
             [&] { (void)query.filter(col<&User::id> == 1); }, [&] { (void)query.get(1); }}) {
        EXPECT_THROW(use(), InvalidRequestError);
    }
    query = session.query<User>();
    EXPECT_EQ(query.count(), 3);
}
// NOLINTEND(bugprone-use-after-move)

TEST_F(QueryTest, rows_of_a_limit_are_made_room_for_once) {
    EXPECT_EQ(session.query(col<&User::id>).limit(2).all().capacity(), 2u);
    EXPECT_LE(session.query(col<&User::id>).limit(1'000'000'000).all().capacity(), 100u);
}

TEST_F(QueryTest, aliases_are_other_from_elements) {
    auto other = aliased<User>();
    auto pairs = session.query(col<&User::name>, other[&User::name])
                     .filter(col<&User::age> == other[&User::age], col<&User::id> < other[&User::id])
                     .all();
    ASSERT_EQ(pairs.size(), 1u);
    EXPECT_EQ(pairs[0], (std::tuple<std::string, std::string>("ed", "mary")));
    EXPECT_EQ(emitted()[0],
              "SELECT users.name AS users_name, users_1.name AS users_1_name FROM users, users AS users_1 "
              "WHERE users.age = users_1.age AND users.id < users_1.id");
}

TEST_F(QueryTest, entity_of_several_rows_comes_once) {
    session.add_all(Article{.user_id = 1, .title = "a"}, Article{.user_id = 1, .title = "b"});
    const auto query = session.query<User>().filter(col<&User::id> == col<&Article::user_id>);
    EXPECT_EQ(query.all().size(), 1u);
    EXPECT_EQ(query.count(), 2);
}

TEST_F(QueryTest, stream_reads_rows_one_by_one) {
    int sum = 0;
    for (auto& user : session.query<User>().stream()) sum += user->age->value_or(0);
    EXPECT_EQ(sum, 85);
}

TEST_F(QueryTest, iteration_survives_a_commit_in_the_loop) {
    int users = 0;
    for (auto& user : session.query<User>()) {
        user->age = 1;
        session.commit();
        ++users;
    }
    EXPECT_EQ(users, 3);
    EXPECT_EQ(session.query<User>().filter(col<&User::age> == 1).count(), 3);
}

TEST_F(QueryTest, bulk_update_changes_rows_and_objects_in_memory) {
    auto ed = session.get<User>(1);
    emitted();
    EXPECT_EQ(session.query<User>().filter(col<&User::age> == 30).update(col<&User::nick> = "thirty"), 2);
    EXPECT_EQ(emitted(), (Lines{"UPDATE users SET nick=? WHERE users.age = ?", "    ('thirty', 30)"}));
    EXPECT_EQ(ed->nick, "thirty");
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_EQ(session.query<User>().filter(col<&User::id> == 1).update(col<&User::age> = col<&User::age> + 1), 1);
    EXPECT_EQ(ed->age, 31);
}

TEST_F(QueryTest, bulk_update_with_criteria_of_the_database_needs_fetch) {
    auto ed = session.get<User>(1);
    emitted();
    const auto query = session.query<User>().filter(func::lower(col<&User::name>) == "ed");
    try {
        query.update(col<&User::nick> = "x");
        FAIL();
    } catch (const InvalidRequestError& error) {
        EXPECT_NE(error.message().find("Cannot evaluate function lower()"), std::string::npos);
        EXPECT_NE(error.message().find("SynchronizeSession::fetch"), std::string::npos);
    }
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_EQ(query.synchronize_session(SynchronizeSession::fetch).update(col<&User::nick> = "x"), 1);
    EXPECT_EQ(log.statements(), (Lines{"SELECT users.id FROM users WHERE lower(users.name) = ?",
                                       "UPDATE users SET nick=? WHERE lower(users.name) = ?"}));
    EXPECT_EQ(ed->nick, "x");
}

TEST_F(QueryTest, bulk_delete_tells_objects_in_memory) {
    auto ed = session.get<User>(1);
    EXPECT_EQ(session.query<User>().filter(col<&User::id>.in_({1, 2})).delete_(), 2);
    EXPECT_EQ(object_state(ed), ObjectState::deleted);
    session.rollback();
    EXPECT_EQ(object_state(ed), ObjectState::persistent);
    EXPECT_EQ(session.query<User>().count(), 3);
}

TEST_F(QueryTest, bulk_statement_after_limit_is_an_error) {
    EXPECT_THROW(session.query<User>().limit(1).update(col<&User::age> = 1), InvalidRequestError);
    EXPECT_THROW(session.query<User>().order_by(col<&User::id>).delete_(), InvalidRequestError);
}

TEST_F(QueryTest, core_statements_take_mapped_classes) {
    session.execute(insert(entity<User>).values(col<&User::name> = "core"));
    EXPECT_EQ(session.query<User>().filter_by("name"_a = "core").count(), 1);
    EXPECT_EQ(session.execute(select(col<&User::name>).where(col<&User::age> == 25)).scalar(), "wendy");
    EXPECT_EQ(session.execute(update(entity<User>).where(col<&User::id> == 1).values(col<&User::age> = 1)).rowcount(),
              1);
    EXPECT_EQ(session.execute(delete_(entity<User>).where(col<&User::name> == "core")).rowcount(), 1);
    EXPECT_EQ(session.scalar(text("SELECT count(*) FROM users WHERE name = :n").bindparams("n"_a = "ed")),
              Value::of(1));
}

}  // namespace
}  // namespace aludel::test
