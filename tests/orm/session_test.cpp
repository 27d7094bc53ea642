// States of objects, transactions, savepoints, expiry.
#include "orm/models.hpp"

#include "support/temporary.hpp"

namespace aludel::test {
namespace {

TEST_F(OrmTest, session_object_passes_through_its_states) {
    Session session{engine};
    auto ed = make(User{.name = "ed"});
    EXPECT_EQ(object_state(ed), ObjectState::transient);
    session.add(ed);
    EXPECT_EQ(object_state(ed), ObjectState::pending);
    EXPECT_TRUE(session.new_().contains(ed));
    session.flush();
    EXPECT_EQ(object_state(ed), ObjectState::persistent);
    EXPECT_TRUE(session.new_().empty());
    session.delete_(ed);
    EXPECT_TRUE(session.deleted().contains(ed));
    session.flush();
    EXPECT_EQ(object_state(ed), ObjectState::deleted);
    EXPECT_FALSE(session.contains(ed));
    session.commit();
    EXPECT_EQ(object_state(ed), ObjectState::detached);
    EXPECT_THROW(session.add(ed), InvalidRequestError);
    session.add(User(*ed));
    session.commit();
    EXPECT_EQ(session.query<User>().count(), 1);
}

TEST_F(OrmTest, session_without_work_emits_nothing) {
    Session session{engine};
    session.commit();
    session.rollback();
    session.flush();
    EXPECT_EQ(log.lines(), Lines{});
}

TEST_F(OrmTest, commit_expires_and_next_use_reads_once) {
    Session session{engine};
    auto users = given_users(session, {"ed", "wendy"});
    EXPECT_EQ(users[0]->name, "ed");
    EXPECT_EQ(users[0]->nick, std::nullopt);
    EXPECT_EQ(emitted(), (Lines{select_user + " WHERE users.id = ?", "    (1,)"}));
}

TEST_F(OrmTest, commit_without_expiry_keeps_what_is_loaded) {
    Session session{engine, {.expire_on_commit = false}};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->name, "ed");
    EXPECT_EQ(ed->id, 1);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(OrmTest, rollback_makes_new_objects_transient_with_their_key_and_restores_the_rest) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    ed->name = "changed";
    auto fresh = session.add(User{.name = "fresh"});
    session.flush();
    session.delete_(ed);
    session.flush();
    session.rollback();
    EXPECT_EQ(object_state(fresh), ObjectState::transient);
    EXPECT_EQ(fresh->id, 2);
    EXPECT_EQ(object_state(ed), ObjectState::persistent);
    EXPECT_EQ(ed->name, "ed");
    EXPECT_EQ(session.query<User>().count(), 1);
}

TEST_F(OrmTest, rollback_of_pending_object_lets_it_be_added_again) {
    Session session{engine};
    auto ed = session.add(User{.name = "ed"});
    session.rollback();
    EXPECT_EQ(object_state(ed), ObjectState::transient);
    session.add(ed);
    session.commit();
    EXPECT_EQ(session.query<User>().count(), 1);
}

TEST_F(OrmTest, failed_flush_rolls_back_and_waits_for_rollback) {
    Session session{engine};
    given_users(session, {"ed"});
    auto twin = session.add(User{.name = "ed"});
    try {
        session.flush();
        FAIL();
    } catch (const IntegrityError& error) {
        EXPECT_NE(std::string(error.what()).find("UNIQUE constraint failed: users.name"), std::string::npos);
        EXPECT_EQ(error.table(), "users");
        EXPECT_EQ(error.columns(), Lines{"name"});
        EXPECT_EQ(error.statement(), "INSERT INTO users (name, nick, age) VALUES (?, ?, ?)");
    }
    EXPECT_EQ(log.lines().back(), "ROLLBACK");
    EXPECT_THROW((void)session.query<User>().all(), PendingRollbackError);
    EXPECT_THROW(session.commit(), PendingRollbackError);
    session.rollback();
    EXPECT_EQ(object_state(twin), ObjectState::transient);
    EXPECT_EQ(session.query<User>().count(), 1);
    twin->name = "wendy";
    session.add(twin);
    session.commit();
    EXPECT_EQ(session.query<User>().count(), 2);
}

TEST_F(OrmTest, failed_query_leaves_the_session_usable) {
    Session session{engine};
    given_users(session, {"ed"});
    EXPECT_THROW((void)session.execute(text("SELECT * FROM nowhere")), OperationalError);
    EXPECT_EQ(session.query<User>().count(), 1);
}

TEST_F(OrmTest, failed_autoflush_says_so) {
    Session session{engine};
    given_users(session, {"ed"});
    session.add(User{.name = "ed"});
    try {
        (void)session.query<User>().all();
        FAIL();
    } catch (const IntegrityError& error) {
        EXPECT_NE(std::string(error.what()).find("raised as a result of Query-invoked autoflush"), std::string::npos);
    }
}

TEST_F(OrmTest, savepoint_is_opened_with_its_first_statement) {
    Session session{engine};
    given_users(session, {"ed"});
    {
        auto savepoint = session.begin_nested();
        EXPECT_EQ(log.lines(), Lines{});
        session.add(User{.name = "wendy"});
        savepoint.commit();
    }
    EXPECT_EQ(log.lines(), (Lines{"BEGIN (implicit)", "SAVEPOINT sa_savepoint_1", "    ()",
                                  "INSERT INTO users (name, nick, age) VALUES (?, ?, ?)", "    ('wendy', None, None)",
                                  "RELEASE SAVEPOINT sa_savepoint_1", "    ()"}));
}

TEST_F(OrmTest, savepoint_rollback_undoes_what_is_inside_only) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    ed->age = 1;
    Ptr<User> inner;
    {
        auto savepoint = session.begin_nested();
        ed->age = 2;
        inner = session.add(User{.name = "inner"});
        session.flush();
    }
    EXPECT_EQ(object_state(inner), ObjectState::transient);
    EXPECT_EQ(ed->age, 1);
    session.commit();
    EXPECT_EQ(ed->age, 1);
    EXPECT_EQ(session.query<User>().count(), 1);
}

TEST_F(OrmTest, savepoint_failed_flush_can_be_undone_and_the_rest_committed) {
    Session session{engine};
    given_users(session, {"ed"});
    session.add(User{.name = "wendy"});
    EXPECT_THROW(session.begin_nested([&] {
        session.add(User{.name = "ed"});
        session.flush();
    }),
                 IntegrityError);
    session.commit();
    EXPECT_EQ(session.query<User>().count(), 2);
}

TEST_F(OrmTest, get_answers_from_memory_until_expired) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(session.get<User>(1), ed);
    EXPECT_EQ(emitted(), (Lines{select_user + " WHERE users.id = ?", "    (1,)"}));
    EXPECT_EQ(session.get<User>(1), ed);
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_FALSE(session.get<User>(2));
}

TEST_F(OrmTest, get_row_deleted_elsewhere_gives_null) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    session.execute(text("DELETE FROM users"));
    EXPECT_FALSE(session.get<User>(1));
    EXPECT_EQ(object_state(ed), ObjectState::deleted);
    session.rollback();
    EXPECT_EQ(session.get<User>(1), ed);
}

TEST_F(OrmTest, expired_object_without_row_is_deleted_error) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    session.execute(text("DELETE FROM users"));
    EXPECT_THROW((void)ed->name.get(), ObjectDeletedError);
    EXPECT_THROW(session.refresh(ed), InvalidRequestError);
}

TEST_F(OrmTest, row_of_a_loaded_object_does_not_overwrite_it) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->name, "ed");
    session.execute(text("UPDATE users SET name = 'raw'"));
    EXPECT_EQ(session.query<User>().one()->name, "ed");
    EXPECT_EQ(session.query(col<&User::name>).one(), "raw");
    EXPECT_EQ(session.query<User>().populate_existing().one()->name, "raw");
}

TEST_F(OrmTest, refresh_discards_changes_and_reads_now) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->name, "ed");
    ed->name = "changed";
    emitted();
    session.refresh(ed);
    EXPECT_EQ(emitted(),
              (Lines{"SELECT users.id, users.name, users.nick, users.age FROM users WHERE users.id = ?", "    (1,)"}));
    EXPECT_EQ(ed->name, "ed");
}

TEST_F(OrmTest, expire_of_one_attribute_reads_that_one) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->name, "ed");
    emitted();
    session.expire(ed, "nick", "age");
    EXPECT_EQ(ed->name, "ed");
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_EQ(ed->nick, std::nullopt);
    EXPECT_EQ(emitted(), (Lines{"SELECT users.nick AS users_nick, users.age AS users_age FROM users WHERE users.id = ?",
                                "    (1,)"}));
}

TEST_F(OrmTest, autoflush_off_hides_what_is_pending) {
    Session session{engine, {.autoflush = false}};
    session.add(User{.name = "ed"});
    EXPECT_EQ(session.query<User>().count(), 0);
    session.flush();
    EXPECT_EQ(session.query<User>().count(), 1);
}

TEST_F(OrmTest, no_autoflush_lasts_as_long_as_its_object) {
    Session session{engine};
    session.add(User{.name = "ed"});
    {
        const auto guard = session.no_autoflush();
        EXPECT_EQ(session.query<User>().count(), 0);
    }
    EXPECT_EQ(session.query<User>().count(), 1);
}

TEST_F(OrmTest, detached_object_keeps_what_was_loaded_and_can_come_back) {
    Ptr<User> ed, expired;
    {
        Session session{engine};
        auto users = given_users(session, {"ed", "wendy"});
        EXPECT_EQ(users[0]->name, "ed");
        ed = users[0];
        expired = users[1];
    }
    EXPECT_EQ(object_state(ed), ObjectState::detached);
    EXPECT_EQ(ed->name, "ed");
    EXPECT_THROW((void)expired->name.get(), DetachedInstanceError);
    ed->age = 5;
    Session other{engine};
    other.add(ed);
    other.commit();
    EXPECT_EQ(other.query<User>().filter(col<&User::age> == 5).one(), ed);
}

TEST_F(OrmTest, add_of_an_object_of_another_session_is_an_error) {
    Session one{engine}, two{engine};
    auto ed = one.add(User{.name = "ed"});
    EXPECT_THROW(two.add(ed), InvalidRequestError);
    one.expunge(ed);
    two.add(ed);
    EXPECT_TRUE(two.contains(ed));
}

TEST_F(OrmTest, add_twin_of_a_loaded_row_is_an_error) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->id, 1);
    session.expunge(ed);
    auto again = session.get<User>(1);
    EXPECT_NE(again, ed);
    EXPECT_THROW(session.add(ed), InvalidRequestError);
}

TEST_F(OrmTest, delete_of_what_is_not_in_the_database_is_an_error) {
    Session session{engine};
    EXPECT_THROW(session.delete_(make(User{.name = "ed"})), InvalidRequestError);
    auto pending = session.add(User{.name = "wendy"});
    EXPECT_THROW(session.delete_(pending), InvalidRequestError);
    EXPECT_THROW(session.expunge(make(User{.name = "x"})), InvalidRequestError);
    EXPECT_THROW(session.refresh(pending), InvalidRequestError);
}

TEST_F(OrmTest, delete_then_add_again_keeps_the_object) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    session.delete_(ed);
    session.add(ed);
    session.commit();
    EXPECT_EQ(session.query<User>().count(), 1);
}

TEST_F(OrmTest, close_lets_go_of_everything_and_the_session_works_on) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    auto pending = session.add(User{.name = "wendy"});
    session.close();
    EXPECT_EQ(object_state(ed), ObjectState::detached);
    EXPECT_EQ(object_state(pending), ObjectState::transient);
    EXPECT_EQ(session.query<User>().count(), 1);
    session.add(User{.name = "fred"});
    session.commit();
    EXPECT_EQ(session.query<User>().count(), 2);
}

TEST_F(OrmTest, query_that_outlives_its_session_says_so_and_runs_on_another) {
    auto session = std::make_unique<Session>(engine);
    given_users(*session, {"ed"});
    const auto query = session->query<User>();
    session.reset();
    EXPECT_THROW((void)query.all(), UnboundExecutionError);
    EXPECT_THROW((void)query.count(), UnboundExecutionError);
    Session other{engine};
    EXPECT_EQ(query.with_session(other).count(), 1);
}

TEST_F(OrmTest, stream_that_outlives_its_session_is_closed) {
    auto session = std::make_unique<Session>(engine);
    given_users(*session, {"ed", "wendy"});
    auto stream = session->query<User>().stream();
    ASSERT_TRUE(stream.next());
    session.reset();
    EXPECT_THROW((void)stream.next(), ResourceClosedError);
}

TEST_F(OrmTest, scopes_may_outlive_their_session) {
    auto session = std::make_unique<Session>(engine);
    auto savepoint = session->begin_nested();
    const auto guard = session->no_autoflush();
    session.reset();
    EXPECT_FALSE(savepoint.is_active());
    savepoint.rollback();
    EXPECT_THROW(savepoint.commit(), InvalidRequestError);
}

TEST_F(OrmTest, session_that_was_moved_from_says_so) {
    Session first{engine};
    auto ed = first.add(User{.name = "ed"});
    Session second{engine};
    second = std::move(first);
    first.close();  // NOLINT(bugprone-use-after-move): what is tested
    EXPECT_THROW(first.flush(), InvalidRequestError);
    EXPECT_THROW((void)first.query<User>(), InvalidRequestError);
    second.commit();
    EXPECT_EQ(ed->id, 1);
}

TEST(SessionOptions, autocommit_is_refused_with_its_replacement) {
    try {
        Session session{create_engine("sqlite://"), {.autocommit = true}};
        FAIL();
    } catch (const ArgumentError& error) {
        EXPECT_NE(error.message().find("isolation_level"), std::string::npos);
    }
}

TEST(SessionFiles, two_sessions_on_one_file_see_each_others_commits) {
    const FreshFile file;
    const Engine engine = create_engine(file.url());
    Base::metadata().create_all(engine);
    Session one{engine}, two{engine};
    auto ed = one.add(User{.name = "ed"});
    one.commit();
    auto same = two.query<User>().one();
    EXPECT_NE(ed, same);
    two.commit();
    ed->name = "edward";
    one.commit();
    EXPECT_EQ(same->name, "edward");
}

TEST(ScopedSession, gives_one_session_per_thread_until_removed) {
    const Engine engine = create_engine("sqlite://");
    Base::metadata().create_all(engine);
    ScopedSession scoped{SessionMaker{engine, {.autoflush = false}}};
    EXPECT_FALSE(scoped.has());
    Session* first = &scoped();
    EXPECT_EQ(first, &scoped());
    scoped->add(User{.name = "ed"});
    scoped->commit();
    EXPECT_EQ(scoped->query<User>().count(), 1);
    scoped.remove();
    EXPECT_FALSE(scoped.has());
    EXPECT_EQ(scoped->query<User>().count(), 1);
}

}  // namespace
}  // namespace aludel::test
