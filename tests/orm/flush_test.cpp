// What a flush writes, in which order, in how many statements.
#include "orm/models.hpp"

namespace aludel::test {
namespace {

struct Empty {
    static constexpr auto table_name = "empty";
    Mapped<int, primary_key> id;
};

TEST_F(OrmTest, flush_new_objects_inserts_in_order_of_add_and_reads_keys_back) {
    Session session{engine};
    auto b = session.add(User{.name = "b"});
    auto a = session.add(User{.name = "a", .age = 3});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO users (name, nick, age) VALUES (?, ?, ?)", "    ('b', None, None)",
                                "INSERT INTO users (name, nick, age) VALUES (?, ?, ?)", "    ('a', None, 3)"}));
    EXPECT_EQ(b->id, 1);
    EXPECT_EQ(a->id, 2);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(OrmTest, flush_known_keys_go_in_one_executemany) {
    Session session{engine};
    session.add_all(User{.id = 1, .name = "a"}, User{.id = 2, .name = "b"}, User{.id = 3, .name = "c"});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO users (id, name, nick, age) VALUES (?, ?, ?, ?)",
                                "    ((1, 'a', None, None), (2, 'b', None, None), (3, 'c', None, None))"}));
}

TEST_F(OrmTest, flush_writes_changed_columns_only) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->name, "ed");
    emitted();
    ed->age = 30;
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE users SET age=? WHERE users.id = ?", "    (30, 1)"}));
}

TEST_F(OrmTest, flush_value_set_and_set_back_writes_nothing) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->name, "ed");
    emitted();
    ed->name = "x";
    ed->name = "ed";
    EXPECT_TRUE(session.dirty().contains(ed));
    EXPECT_FALSE(session.is_modified(ed));
    session.flush();
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_TRUE(session.dirty().empty());
}

TEST_F(OrmTest, flush_assigning_to_expired_attribute_writes_even_an_equal_value) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    ed->name = "ed";
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"SELECT users.id AS users_id, users.nick AS users_nick, users.age AS users_age FROM users WHERE "
                     "users.id = ?",
                     "    (1,)", "UPDATE users SET name=? WHERE users.id = ?", "    ('ed', 1)"}));
}

TEST_F(OrmTest, flush_updates_of_one_shape_go_in_one_executemany_by_key) {
    Session session{engine};
    auto users = given_users(session, {"a", "b", "c"});
    for (auto it = users.rbegin(); it != users.rend(); ++it) EXPECT_FALSE((*it)->name->empty());
    emitted();
    users[2]->age = 3;
    users[0]->age = 1;
    users[1]->nick = "bee";
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE users SET age=? WHERE users.id = ?", "    (1, 1)",
                                "UPDATE users SET nick=? WHERE users.id = ?", "    ('bee', 2)",
                                "UPDATE users SET age=? WHERE users.id = ?", "    (3, 3)"}));
    users[0]->age = 10;
    users[2]->age = 30;
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE users SET age=? WHERE users.id = ?", "    ((10, 1), (30, 3))"}));
}

TEST_F(OrmTest, flush_parents_come_before_children_and_go_after_them) {
    Session session{engine};
    auto article = session.add(Article{.user_id = 1, .title = "t"});
    auto user = session.add(User{.id = 1, .name = "ed"});
    session.flush();
    EXPECT_EQ(log.statements(), (Lines{"INSERT INTO users (id, name, nick, age) VALUES (?, ?, ?, ?)",
                                       "INSERT INTO articles (user_id, title) VALUES (?, ?)"}));
    log.clear();
    session.delete_(user);
    session.delete_(article);
    session.flush();
    EXPECT_EQ(log.statements(),
              (Lines{"DELETE FROM articles WHERE articles.id = ?", "DELETE FROM users WHERE users.id = ?"}));
}

TEST_F(OrmTest, flush_updates_precede_inserts_and_deletes_come_last) {
    Session session{engine};
    auto users = given_users(session, {"a", "b"});
    users[0]->age = 5;
    users[1]->age = 6;
    session.flush();
    emitted();
    session.add(User{.name = "c"});
    users[0]->age = 7;
    session.delete_(users[1]);
    session.flush();
    EXPECT_EQ(log.statements(),
              (Lines{"UPDATE users SET age=? WHERE users.id = ?",
                     "INSERT INTO users (name, nick, age) VALUES (?, ?, ?)", "DELETE FROM users WHERE users.id = ?"}));
}

TEST_F(OrmTest, flush_new_object_with_the_key_of_a_deleted_one_takes_over_its_row) {
    Session session{engine};
    auto old = given_users(session, {"old"})[0];
    EXPECT_EQ(old->id, 1);
    emitted();
    session.delete_(old);
    auto fresh = session.add(User{.id = 1, .name = "new"});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE users SET name=? WHERE users.id = ?", "    ('new', 1)"}));
    EXPECT_EQ(object_state(old), ObjectState::deleted);
    EXPECT_EQ(object_state(fresh), ObjectState::persistent);
    session.commit();
    EXPECT_EQ(session.get<User>(1), fresh);
}

TEST_F(OrmTest, flush_changed_primary_key_updates_row_and_identity) {
    Session session{engine};
    auto seat = session.add(Seat{.row = "A", .place = 1, .guest = "ed"});
    session.commit();
    EXPECT_EQ(seat->guest, "ed");
    emitted();
    seat->place = 2;
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{R"(UPDATE seats SET place=? WHERE seats."row" = ? AND seats.place = ?)", "    (2, 'A', 1)"}));
    EXPECT_EQ(session.get<Seat>("A", 2), seat);
    EXPECT_EQ(emitted(), Lines{});
    session.rollback();
    EXPECT_EQ(seat->place, 1);
    EXPECT_EQ(session.get<Seat>("A", 1), seat);
}

TEST_F(OrmTest, flush_defaults_fill_what_was_left_out) {
    Session session{engine};
    auto row = session.add(Defaults{.label = "x"});
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"INSERT INTO defaults (label, constant, made_by_sql, touched) VALUES (?, ?, CURRENT_TIMESTAMP, ?)",
                     "    ('x', 7, None)"}));
    EXPECT_EQ(row->constant, 7);
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_EQ(row->made_by_server, 42);
    EXPECT_EQ(emitted(), (Lines{"SELECT defaults.made_by_sql AS defaults_made_by_sql, defaults.made_by_server AS "
                                "defaults_made_by_server FROM defaults WHERE defaults.id = ?",
                                "    (1,)"}));
    EXPECT_TRUE(row->made_by_sql->has_value());
    row->label = "y";
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE defaults SET label=?, touched=? WHERE defaults.id = ?", "    ('y', 99, 1)"}));
    EXPECT_EQ(row->touched, 99);
}

TEST_F(OrmTest, flush_null_by_intent_overrides_the_default) {
    Session session{engine};
    auto row = session.add(Defaults{.label = "x", .constant = null()});
    session.commit();
    EXPECT_EQ(row->constant, std::nullopt);
}

TEST_F(OrmTest, flush_nullopt_counts_as_not_given) {
    Session session{engine};
    auto row = session.add(Defaults{.label = "x", .constant = std::nullopt});
    session.flush();
    EXPECT_EQ(row->constant, 7);
}

TEST_F(OrmTest, flush_sql_expression_is_written_inline_and_read_back) {
    Session session{engine};
    auto ed = given_users(session, {"ed"})[0];
    EXPECT_EQ(ed->name, "ed");
    emitted();
    ed->name = col<&User::name> + "die";
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE users SET name=(users.name || ?) WHERE users.id = ?", "    ('die', 1)"}));
    EXPECT_EQ(ed->name, "eddie");
    EXPECT_EQ(emitted(), (Lines{"SELECT users.name AS users_name FROM users WHERE users.id = ?", "    (1,)"}));
}

TEST_F(OrmTest, flush_row_that_is_gone_is_stale_on_update_and_a_note_on_delete) {
    Session session{engine};
    auto users = given_users(session, {"a", "b"});
    EXPECT_EQ(users[0]->name, "a");
    EXPECT_EQ(users[1]->name, "b");
    session.execute(text("DELETE FROM users"));
    session.delete_(users[1]);
    log.clear();
    session.flush();
    EXPECT_NE(log.text().find("expected to delete 1 row(s); 0 were matched"), std::string::npos);
    users[0]->age = 1;
    try {
        session.flush();
        FAIL();
    } catch (const StaleDataError& error) {
        EXPECT_EQ(error.message(), "UPDATE statement on table 'users' expected to update 1 row(s); 0 were matched.");
    }
}

TEST_F(OrmTest, flush_missing_text_key_is_an_error_before_the_database_is_asked) {
    Session session{engine};
    session.add(Seat{.place = 1});
    EXPECT_THROW(session.flush(), FlushError);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(OrmTest, flush_object_without_columns_inserts_default_values) {
    MetaData metadata;
    metadata.add(mapper<Empty>().table_ref());
    metadata.create_all(engine);
    log.clear();
    Session session{engine};
    auto object = session.add(Empty{});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO empty DEFAULT VALUES", "    ()"}));
    EXPECT_EQ(object->id, 1);
}

}  // namespace
}  // namespace aludel::test
