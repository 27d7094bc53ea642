// Pitfalls 21 to 28: autoflush, expiry, the identity map, errors, savepoints, merge, criteria statements.
#include "orm/pitfall_models.hpp"

#include <type_traits>

namespace aludel::test::pitfalls {
namespace {

const std::string update_name = "UPDATE users SET name=? WHERE users.id = ?";
const std::string get_user = select_user + " WHERE users.id = ?";

TEST_F(PitfallTest, Pitfall21_query_get_and_lazy_load_flush_first) {
    const auto u = session.add(User{.name = "af"});
    EXPECT_EQ(session.query<User>().filter_by("name"_a = "af").count(), 1);
    EXPECT_EQ(emitted(), (Lines{insert_user, "    ('af', 'dflt')",
                                "SELECT count(*) AS count_1 FROM (" + select_user + " WHERE users.name = ?) AS anon_1",
                                "    ('af',)"}));
    session.add(Address{.email = "z"});
    EXPECT_FALSE(session.get<User>(99));
    EXPECT_EQ(emitted(), (Lines{insert_address, "    ('z', None)", get_user, "    (99,)"}));
    session.add(Address{.email = "z2"});
    EXPECT_TRUE(u->addresses.empty());
    EXPECT_EQ(emitted(), (Lines{insert_address, "    ('z2', None)", load_addresses, "    (1,)"}));
    session.add(Address{.email = "z3"});
    EXPECT_TRUE(session.get<User>(1) == u);  // from memory: no flush
    EXPECT_EQ(emitted(), Lines{});
    session.commit();
    EXPECT_EQ(emitted(), (Lines{insert_address, "    ('z3', None)"}));
}

TEST_F(PitfallTest, Pitfall21_no_autoflush_keeps_what_is_pending) {
    const auto guard = session.no_autoflush();
    session.add(Address{.email = "z3"});
    EXPECT_EQ(session.query(func::count(col<&Address::id>)).scalar(), 0);
    EXPECT_EQ(emitted(), (Lines{"SELECT count(addresses.id) AS count_1 FROM addresses", "    ()"}));
}

TEST_F(PitfallTest, Pitfall21_expired_and_deferred_columns_are_read_after_a_flush) {
    given(U{.name = "a", .bio = "b"});
    const auto u = session.get<U>(1);
    log.clear();
    u->name = "a1";
    EXPECT_EQ(u->bio, "b");
    EXPECT_EQ(emitted(), (Lines{"UPDATE u SET name=? WHERE u.id = ?", "    ('a1', 1)",
                                "SELECT u.bio AS u_bio FROM u WHERE u.id = ?", "    (1,)"}));
    // SQLAlchemy 1.4.46 flushes here too; see the differential case session_expired_autoflush.
    session.add(U{.name = "pending"});
    session.expire(u, "name");
    EXPECT_EQ(u->name, "a1");
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO u (name, bio) VALUES (?, ?)", "    ('pending', None)",
                                "SELECT u.name AS u_name FROM u WHERE u.id = ?", "    (1,)"}));
}

TEST_F(PitfallTest, Pitfall21_savepoint_refresh_and_merge_flush_first) {
    given(User{.name = "a"}, User{.name = "b"});
    const auto a = session.get<User>(1), b = session.get<User>(2);
    log.clear();
    a->name = "a1";
    session.refresh(b);
    EXPECT_EQ(emitted(), (Lines{update_name, "    ('a1', 1)",
                                "SELECT users.id, users.name, users.nick FROM users WHERE users.id = ?", "    (2,)"}));
    a->name = "a2";
    session.merge(User{.id = 500});
    EXPECT_EQ(emitted(), (Lines{update_name, "    ('a2', 1)", get_user, "    (500,)"}));
    session.rollback();
    EXPECT_EQ(b->name, "b");
    log.clear();
    b->name = "b1";
    const auto savepoint = session.begin_nested();
    EXPECT_EQ(emitted(), (Lines{update_name, "    ('b1', 2)"}));
}

TEST_F(PitfallTest, Pitfall21_refresh_of_the_changed_object_itself_drops_the_change) {
    given(User{.name = "a"});
    const auto a = session.get<User>(1);
    a->name = "changed";
    log.clear();
    session.refresh(a);
    EXPECT_EQ(a->name, "a");
    EXPECT_EQ(emitted(), (Lines{"SELECT users.id, users.name, users.nick FROM users WHERE users.id = ?", "    (1,)"}));
}

TEST_F(PitfallTest, Pitfall21_failed_autoflush_says_what_it_was) {
    given(U{.name = "taken"});
    session.add(U{.name = "taken"});
    try {
        session.query<U>().all();
        FAIL() << "two rows have one unique name";
    } catch (const IntegrityError& error) {
        EXPECT_NE(std::string(error.what()).find("raised as a result of Query-invoked autoflush"), std::string::npos);
    }
    session.rollback();
}

TEST_F(PitfallTest, Pitfall22_commit_and_rollback_expire_and_one_select_reads_all) {
    given(User{.name = "af"});
    const auto u = session.get<User>(1);
    session.commit();
    log.clear();
    EXPECT_EQ(u->name, "af");
    EXPECT_EQ(u->nick, "dflt");
    EXPECT_EQ(emitted(), (Lines{get_user, "    (1,)"}));
    u->name = "changed";
    session.rollback();
    EXPECT_EQ(u->name, "af");
    EXPECT_EQ(emitted(), (Lines{get_user, "    (1,)"}));
    session.expire(u, "name");
    EXPECT_EQ(u->nick, "dflt");
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_EQ(u->name, "af");
    EXPECT_EQ(emitted(), (Lines{"SELECT users.name AS users_name FROM users WHERE users.id = ?", "    (1,)"}));
    session.refresh(u, "nick");
    EXPECT_EQ(emitted(), (Lines{"SELECT users.nick FROM users WHERE users.id = ?", "    (1,)"}));
}

TEST_F(PitfallTest, Pitfall22_rollback_takes_new_and_deleted_objects_back) {
    given(User{.name = "af"});
    const auto pending = session.add(User{.name = "pend"});
    session.flush();
    EXPECT_EQ(*pending->id, 2);
    session.rollback();
    EXPECT_EQ(object_state(pending), ObjectState::transient);
    EXPECT_EQ(*pending->id, 2);
    const auto doomed = session.get<User>(1);
    session.delete_(doomed);
    log.clear();
    session.flush();
    EXPECT_EQ(emitted(), (Lines{load_addresses, "    (1,)", "DELETE FROM users WHERE users.id = ?", "    (1,)"}));
    EXPECT_EQ(object_state(doomed), ObjectState::deleted);
    session.rollback();
    EXPECT_EQ(object_state(doomed), ObjectState::persistent);
}

TEST_F(PitfallTest, Pitfall23_loaded_state_wins_over_rows_unless_told_otherwise) {
    given(User{.name = "af"});
    const auto u = session.get<User>(1);
    session.execute(text("UPDATE users SET name='raw' WHERE id=1"));
    EXPECT_EQ(session.query<User>().one()->name, "af");
    EXPECT_EQ(session.query<User>().populate_existing().one()->name, "raw");
    u->name = "dirty";
    const auto guard = session.no_autoflush();
    EXPECT_EQ(session.query<User>().one()->name, "dirty");
    EXPECT_EQ(session.query(col<&User::name>).scalar(), "raw");
    EXPECT_EQ(session.query<User>().populate_existing().one()->name, "raw");
}

TEST_F(PitfallTest, Pitfall23_clean_objects_without_handles_go_and_changed_ones_stay) {
    given(User{.name = "a"}, User{.name = "b"});
    session.get<User>(1)->name = "dirty";
    EXPECT_EQ(session.dirty().size(), 1u);
    session.commit();
    EXPECT_EQ(session.get<User>(1)->name, "dirty");
}

TEST_F(PitfallTest, Pitfall23_get_returns_what_is_marked_for_deletion_until_the_flush) {
    given(U{.name = "m", .ads = {A{.n = 1}, A{.n = 2}, A{.n = 3}}});
    const auto u = session.get<U>(1);
    session.delete_(u);
    log.clear();
    EXPECT_TRUE(session.get<U>(1) == u);
    EXPECT_EQ(emitted(), Lines{});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT p.id AS p_id, p.u_id AS p_u_id FROM p WHERE ? = p.u_id", "    (1,)",
                                select_a + " WHERE ? = a.u_id", "    (1,)", "UPDATE a SET u_id=? WHERE a.id = ?",
                                "    ((None, 1), (None, 2), (None, 3))", "DELETE FROM u WHERE u.id = ?", "    (1,)"}));
    EXPECT_FALSE(session.get<U>(1));
}

TEST_F(PitfallTest, Pitfall24_many_to_one_is_answered_without_sql_where_it_can_be) {
    given_user({"1"});
    given(Address{.email = "2"});
    const auto all = session.query<Address>().order_by(col<&Address::id>).all();
    const auto u = session.get<User>(1);
    log.clear();
    EXPECT_TRUE(all[1]->user == nullptr);  // NULL
    EXPECT_TRUE(all[0]->user == u);        // in memory
    EXPECT_EQ(emitted(), Lines{});
    all[0]->user_id = std::nullopt;
    EXPECT_TRUE(all[0]->user == u);  // the key alone changes nothing
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE addresses SET user_id=? WHERE addresses.id = ?", "    (None, 1)"}));
    EXPECT_TRUE(all[0]->user == u);
    session.expire(all[0], "user");
    EXPECT_TRUE(all[0]->user == nullptr);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(PitfallTest, Pitfall24_key_without_a_row_gives_none) {
    Engine lax = create_engine("sqlite://", {.foreign_keys = false});
    Base::metadata().create_all(lax);
    Session other{lax};
    const auto stray = other.add(Address{.email = "stray", .user_id = 77});
    other.commit();
    EXPECT_TRUE(stray->user == nullptr);
}

TEST_F(PitfallTest, Pitfall25_failed_flush_needs_a_rollback_and_a_failed_query_does_not) {
    EXPECT_THROW(session.execute(text("SELECT * FROM nope")), OperationalError);
    EXPECT_EQ(session.query<U>().count(), 0);
    session.add_all(U{.name = "twice"}, U{.name = "twice"});
    EXPECT_THROW(session.flush(), IntegrityError);
    EXPECT_TRUE(message_of<PendingRollbackError>([&] { session.query<U>().count(); })
                    .starts_with("This Session's transaction has been rolled back due to a previous exception during "
                                 "flush. To begin a new transaction with this Session, first issue"));
    session.rollback();
    EXPECT_EQ(session.query<U>().count(), 0);
}

TEST_F(PitfallTest, Pitfall25_detached_object_cannot_load) {
    given_user({"1"});
    const auto a = session.get<Address>(1);
    session.expunge(a);
    EXPECT_EQ(a->email, "1");
    const auto message = message_of<DetachedInstanceError>([&] { (void)a->user.get(); });
    EXPECT_NE(message.find("is not bound to a Session; lazy load operation of attribute 'user' cannot proceed"),
              std::string::npos)
        << message;
}

TEST_F(PitfallTest, Pitfall25_object_whose_row_is_gone) {
    given(User{.name = "u"});
    const auto u = session.get<User>(1);
    session.execute(text("DELETE FROM users"));
    session.expire(u);
    EXPECT_NE(message_of<ObjectDeletedError>([&] {
                  (void)u->name.get();
              }).find("has been deleted, or its row is otherwise not present."),
              std::string::npos);
}

TEST_F(PitfallTest, Pitfall25_object_of_another_session_or_of_none) {
    given(User{.name = "u"});
    const auto u = session.get<User>(1);
    Session other{engine};
    EXPECT_NE(message_of<InvalidRequestError>([&] { other.add(u); }).find("is already attached to session"),
              std::string::npos);
    EXPECT_NE(message_of<InvalidRequestError>([&] { session.delete_(make(User{})); }).find("is not persisted"),
              std::string::npos);
    EXPECT_NE(message_of<InvalidRequestError>([&] {
                  session.refresh(make(User{}));
              }).find("is not persistent within this Session"),
              std::string::npos);
}

TEST_F(PitfallTest, Pitfall26_nothing_done_emits_nothing) {
    session.commit();
    session.rollback();
    session.flush();
    EXPECT_EQ(log.lines(), Lines{});
    session.add(U{.name = "lazy"});
    session.commit();
    EXPECT_EQ(log.take(),
              (Lines{"BEGIN (implicit)", "INSERT INTO u (name, bio) VALUES (?, ?)", "    ('lazy', None)", "COMMIT"}));
    session.commit();
    EXPECT_EQ(log.lines(), Lines{});
}

TEST_F(PitfallTest, Pitfall26_savepoint_flushes_first_and_is_emitted_with_its_first_statement) {
    session.add(User{.name = "outer"});
    auto savepoint = session.begin_nested();
    EXPECT_EQ(log.take(), (Lines{"BEGIN (implicit)", insert_user, "    ('outer', 'dflt')"}));
    session.add(User{.name = "inner"});
    session.flush();
    EXPECT_EQ(log.take(), (Lines{"SAVEPOINT sa_savepoint_1", "    ()", insert_user, "    ('inner', 'dflt')"}));
    savepoint.rollback();
    EXPECT_EQ(log.take(), (Lines{"ROLLBACK TO SAVEPOINT sa_savepoint_1", "    ()"}));
    session.begin_nested([&] { session.add(User{.name = "inner2"}); });
    EXPECT_EQ(log.take(), (Lines{"SAVEPOINT sa_savepoint_2", "    ()", insert_user, "    ('inner2', 'dflt')",
                                 "RELEASE SAVEPOINT sa_savepoint_2", "    ()"}));
    session.commit();
    EXPECT_EQ(log.take(), Lines{"COMMIT"});
}

TEST_F(PitfallTest, Pitfall27_merge_copies_what_is_given) {
    given(User{.name = "u"});
    const auto merged = session.merge(User{.id = 1, .name = "merged"});
    EXPECT_EQ(log.take(), (Lines{"BEGIN (implicit)", get_user, "    (1,)"}));
    EXPECT_EQ(merged->name, "merged");
    EXPECT_EQ(merged->nick, "dflt");
    EXPECT_TRUE(session.dirty().contains(merged));
}

TEST_F(PitfallTest, Pitfall27_merge_of_an_unknown_key_is_a_new_object) {
    const auto merged = session.merge(User{.id = 77, .name = "brandnew"});
    EXPECT_EQ(emitted(), (Lines{get_user, "    (77,)"}));
    EXPECT_EQ(object_state(merged), ObjectState::pending);
}

TEST_F(PitfallTest, Pitfall27_merge_follows_its_cascade_and_replaces_collections) {
    given_user({"1"});
    const auto merged = session.merge(User{.id = 1, .addresses = {Address{.email = "viamerge"}}});
    EXPECT_EQ(emitted(), (Lines{get_user, "    (1,)", load_addresses, "    (1,)"}));
    EXPECT_EQ(emails(merged->addresses), Lines{"viamerge"});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE addresses SET user_id=? WHERE addresses.id = ?", "    (None, 1)",
                                insert_address, "    ('viamerge', 1)"}));
}

TEST_F(PitfallTest, Pitfall28_criteria_statements_tell_the_objects_in_memory) {
    given(User{.name = "u"});
    const auto u = session.get<User>(1);
    log.clear();
    EXPECT_EQ(session.query<User>().filter(col<&User::name> == "u").update(col<&User::name> = "bulk"), 1);
    EXPECT_EQ(u->name, "bulk");
    EXPECT_EQ(emitted(), (Lines{"UPDATE users SET name=? WHERE users.name = ?", "    ('bulk', 'u')"}));
    const auto fetching = session.query<User>().synchronize_session(SynchronizeSession::fetch);
    EXPECT_EQ(fetching.filter(col<&User::name>.like("b%")).update(col<&User::name> = col<&User::name> + "!"), 1);
    EXPECT_EQ(emitted(), (Lines{"SELECT users.id FROM users WHERE users.name LIKE ?", "    ('b%',)",
                                "UPDATE users SET name=(users.name || ?) WHERE users.name LIKE ?", "    ('!', 'b%')"}));
    EXPECT_EQ(u->name, "bulk!");
}

TEST_F(PitfallTest, Pitfall28_criteria_that_cannot_be_evaluated_and_limits_are_refused) {
    const auto users = session.query<User>();
    EXPECT_NE(message_of<InvalidRequestError>([&] {
                  users.filter(func::lower(col<&User::name>) == "x").update(col<&User::name> = "n");
              }).find("Could not evaluate current criteria"),
              std::string::npos);
    EXPECT_NE(message_of<InvalidRequestError>([&] {
                  users.limit(1).delete_();
              }).find("Can't call Query.update() or Query.delete_() when limit() has been called"),
              std::string::npos);
}

TEST_F(PitfallTest, Pitfall28_criteria_delete_follows_no_cascade) {
    given_user({"1"});
    const auto a = session.get<Address>(1);
    log.clear();
    EXPECT_EQ(session.query<Address>().filter(col<&Address::user_id> == 1).delete_(), 1);
    EXPECT_EQ(emitted(), (Lines{"DELETE FROM addresses WHERE addresses.user_id = ?", "    (1,)"}));
    EXPECT_FALSE(session.contains(a));
}

}  // namespace
}  // namespace aludel::test::pitfalls
