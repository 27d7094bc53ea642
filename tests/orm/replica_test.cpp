// Sessions with replicas and with engines for certain classes. The databases are files that differ, so that a row tells
// where it was read.
#include "orm/models.hpp"
#include "support/faulty_driver.hpp"
#include "support/temporary.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <utility>

namespace aludel::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class ReplicaTest : public ::testing::Test {
  protected:
    ReplicaTest() {
        Base::metadata();
        fill(primary, "primary");
        fill(first, "first");
        fill(second, "second");
    }
    static void fill(const Engine& engine, std::string name) {
        Base::metadata().create_all(engine);
        Session session{engine};
        session.add(User{.name = std::move(name)});
        session.commit();
    }
    /// The database that the session reads from now.
    static std::string place(Session& session) {
        return session.query(col<&User::name>).filter(col<&User::id> == 1).one();
    }
    static bool is_replica(const std::string& name) { return name == "first" || name == "second"; }

    FreshFile primary_file, first_file, second_file;
    LogCapture log;
    Engine primary = create_engine(primary_file.url(), {.log = log.sink()});
    Engine first = create_engine(first_file.url());
    Engine second = create_engine(second_file.url());
};

TEST_F(ReplicaTest, reads_go_to_one_replica_until_something_is_written) {
    Session session{primary, {.replicas = {first, second}}};
    const std::string replica = place(session);
    EXPECT_TRUE(is_replica(replica));
    EXPECT_EQ(place(session), replica);
    EXPECT_EQ(session.get<User>(1)->name, replica);
    EXPECT_EQ(session.query<User>().count(), 1);
    session.add(User{.name = "new"});
    EXPECT_EQ(place(session), "primary");  // after the autoflush
    session.rollback();
    EXPECT_TRUE(is_replica(place(session)));  // nothing was written after all
}

TEST_F(ReplicaTest, sessions_take_turns) {
    std::vector<std::string> seen;
    for (int i = 0; i < 4; ++i) {
        Session session{primary, {.replicas = {first, second}}};
        seen.push_back(place(session));
    }
    EXPECT_NE(seen[0], seen[1]);
    EXPECT_EQ(seen[0], seen[2]);
}

TEST_F(ReplicaTest, what_was_committed_is_read_from_the_primary_until_close) {
    Session session{primary, {.replicas = {first}}};
    session.add(User{.name = "new"});
    session.commit();
    EXPECT_EQ(place(session), "primary");
    session.commit();
    EXPECT_EQ(place(session), "primary");
    session.close();
    EXPECT_EQ(place(session), "first");
}

TEST_F(ReplicaTest, known_lag_ends_the_reading_from_the_primary) {
    Session session{primary, {.replicas = {first}, .replica_lag = std::chrono::milliseconds{0}}};
    session.add(User{.name = "new"});
    session.flush();
    EXPECT_EQ(place(session), "primary");
    session.commit();
    EXPECT_EQ(place(session), "first");
}

TEST_F(ReplicaTest, writes_locks_and_what_nobody_knows_go_to_the_primary) {
    const auto after = [&](auto work) {
        Session session{primary, {.replicas = {first}}};
        EXPECT_EQ(place(session), "first");
        work(session);
        return place(session);
    };
    EXPECT_EQ(after([](Session& s) { s.query<User>().filter(col<&User::id> == 5).update(col<&User::age> = 1); }),
              "primary");
    EXPECT_EQ(after([](Session& s) { s.query<User>().filter(col<&User::id> == 5).delete_(); }), "primary");
    EXPECT_EQ(after([](Session& s) { s.execute(select(col<&User::id>).with_for_update()); }), "primary");
    EXPECT_EQ(after([](Session& s) { s.execute(text("SELECT 1")); }), "primary");
    EXPECT_EQ(after([](Session& s) { s.connection(); }), "primary");
    EXPECT_EQ(after([](Session& s) { s.execute(select(col<&User::id>)); }), "first");
    EXPECT_EQ(after([](Session& s) { s.get<User>(1)->age = 3; }), "primary");
}

TEST_F(ReplicaTest, savepoints_are_the_primarys) {
    Session session{primary, {.replicas = {first}}};
    auto savepoint = session.begin_nested();
    EXPECT_EQ(place(session), "first");
    session.add(User{.name = "new"});
    session.flush();
    savepoint.rollback();
    session.add(User{.name = "other"});
    session.commit();
    EXPECT_EQ(Session(primary).query<User>().count(), 2);
    EXPECT_EQ(Session(first).query<User>().count(), 1);
}

TEST_F(ReplicaTest, replica_that_is_down_is_left_out_with_a_note) {
    const Engine gone = create_engine("sqlite:////nowhere/at/all.db");
    {
        Session session{primary, {.replicas = {gone, second}}};
        EXPECT_EQ(place(session), "second");
    }
    Session session{primary, {.replicas = {create_engine("sqlite:////nowhere/else.db")}}};
    EXPECT_EQ(place(session), "primary");
    EXPECT_THAT(log.lines(), Contains(HasSubstr("/nowhere/else.db cannot be reached; reading elsewhere")));
}

TEST_F(ReplicaTest, replica_that_breaks_in_the_middle_is_replaced_by_the_next) {
    const auto plan = register_faulty_driver("breaking", "sqlite");
    const Engine breaking = create_engine("breaking:///" + first_file.path());
    Session session{primary, {.replicas = {breaking}}};
    EXPECT_EQ(place(session), "first");
    auto user = session.get<User>(1);
    plan->arm(1, true);
    EXPECT_EQ(place(session), "primary");
    EXPECT_THAT(log.lines(), Contains(HasSubstr("was lost; reading elsewhere")));
    user->age = 4;
    session.commit();
    EXPECT_EQ(Session(primary).get<User>(1)->age, 4);
}

TEST_F(ReplicaTest, error_of_the_statement_is_no_reason_to_read_elsewhere) {
    Session session{primary, {.replicas = {first}}};
    EXPECT_THROW(session.execute(select(literal_column("nonsense"))), OperationalError);
    EXPECT_THAT(log.lines(), Not(Contains(HasSubstr("reading elsewhere"))));
}

TEST_F(ReplicaTest, another_kind_of_database_is_no_replica) {
    const Engine other = create_engine("postgresql://host/db");
    EXPECT_THROW(Session(primary, {.replicas = {other}}), ArgumentError);
}

TEST_F(ReplicaTest, classes_and_tables_have_engines_of_their_own) {
    Session session{primary, {.binds = {bind<Article>(first), bind<Seat>(first)}}};
    session.add(User{.name = "new"});
    session.add(Article{.title = "here"});
    session.add(Seat{.row = "A", .place = 1});
    session.commit();
    EXPECT_EQ(Session(first).query<Article>().count(), 1);
    EXPECT_EQ(Session(first).query<Seat>().count(), 1);
    EXPECT_EQ(Session(primary).query<Article>().count(), 0);
    EXPECT_EQ(Session(primary).query<User>().count(), 2);
    EXPECT_EQ(session.query<Article>().one()->title, "here");
    session.query<Article>().update(col<&Article::title> = "there");
    session.execute(insert(entity<Article>).values("title"_a = "more"));
    session.rollback();
    EXPECT_EQ(session.query<Article>().one()->title, "here");
    EXPECT_EQ(place(session), "primary");
}

TEST_F(ReplicaTest, commit_that_fails_on_the_second_engine_says_what_the_first_has_done) {
    const auto plan = register_faulty_driver("refusing", "sqlite");
    const Engine refusing = create_engine("refusing:///" + first_file.path());
    Session session{primary, {.binds = {bind<Article>(refusing)}}};
    session.add(User{.name = "kept"});
    session.flush();
    session.add(Article{.title = "lost"});
    session.flush();
    plan->arm(1);
    try {
        session.commit();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_THAT(error.what(), HasSubstr("1 of the session's 2 databases had committed already"));
    }
    session.rollback();
    EXPECT_EQ(Session(primary).query<User>().count(), 2);
    EXPECT_EQ(Session(first).query<Article>().count(), 0);
}

}  // namespace
}  // namespace aludel::test
