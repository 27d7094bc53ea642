// The entries 1 to 16 of the list of semantics that are easily got wrong: what the unit of work writes, and in which
// order. Each statement is SQLAlchemy 1.4's.
#include "orm/flush_models.hpp"

namespace aludel::test::flush {
namespace {

TEST_F(FlushTest, Pitfall01_order_is_by_dependency_then_by_name_not_by_add) {
    auto u = make(User{.name = "u"});
    auto a = make(Address{.email = "e", .user = u});
    auto d = make(Ding{.address = a});
    auto k = make(Keyword{.word = "k"});
    auto p = make(Post{.headline = "h", .author = u, .keywords = {k}});
    session.add(p);
    session.add(d);
    session.add(k);
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"INSERT INTO users (name) VALUES (?)", "    ('u',)", "INSERT INTO keywords (word) VALUES (?)",
                     "    ('k',)", "INSERT INTO addresses (email, user_id) VALUES (?, ?)", "    ('e', 1)",
                     "INSERT INTO posts (headline, user_id) VALUES (?, ?)", "    ('h', 1)",
                     "INSERT INTO post_keywords (post_id, keyword_id) VALUES (?, ?)", "    (1, 1)",
                     "INSERT INTO dings (address_id) VALUES (?)", "    (1,)"}));
    u->name = "u2";
    session.add(User{.name = "v"});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE users SET name=? WHERE users.id = ?", "    ('u2', 1)",
                                "INSERT INTO users (name) VALUES (?)", "    ('v',)"}));
    session.delete_(u);
    session.delete_(a);
    session.delete_(d);
    session.delete_(p);
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"DELETE FROM post_keywords WHERE post_keywords.post_id = ? AND post_keywords.keyword_id = ?",
                     "    (1, 1)", "DELETE FROM posts WHERE posts.id = ?", "    (1,)",
                     "DELETE FROM dings WHERE dings.id = ?", "    (1,)", "DELETE FROM addresses WHERE addresses.id = ?",
                     "    (1,)", "DELETE FROM users WHERE users.id = ?", "    (1,)"}));
}

TEST_F(FlushTest, Pitfall02_save_cascade_over_the_other_side_decides_the_order_of_the_rows) {
    auto u = make(User{.name = "P"});
    auto c1 = make(Address{.email = "1"});
    auto c2 = make(Address{.email = "2"});
    u->addresses = {c2, c1};
    session.add(c1);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO users (name) VALUES (?)", "    ('P',)",
                                "INSERT INTO addresses (email, user_id) VALUES (?, ?)", "    ('1', 1)",
                                "INSERT INTO addresses (email, user_id) VALUES (?, ?)", "    ('2', 1)"}));
}

TEST_F(FlushTest, Pitfall03_rows_of_a_tree_are_written_parents_first_and_deleted_leaves_first) {
    auto leaf = make(Node{.name = "leaf"});
    auto mid = make(Node{.name = "mid", .children = {leaf}});
    auto root = make(Node{.name = "root", .children = {mid}});
    session.add_all(leaf, mid, root);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO nodes (name, parent_id) VALUES (?, ?)", "    ('root', None)",
                                "INSERT INTO nodes (name, parent_id) VALUES (?, ?)", "    ('mid', 1)",
                                "INSERT INTO nodes (name, parent_id) VALUES (?, ?)", "    ('leaf', 2)"}));
    session.delete_(root);
    session.delete_(mid);
    session.delete_(leaf);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT nodes.id AS nodes_id, nodes.name AS nodes_name, nodes.parent_id AS "
                                "nodes_parent_id FROM nodes WHERE ? = nodes.parent_id",
                                "    (3,)", "DELETE FROM nodes WHERE nodes.id = ?", "    (3,)",
                                "DELETE FROM nodes WHERE nodes.id = ?", "    (2,)",
                                "DELETE FROM nodes WHERE nodes.id = ?", "    (1,)"}));
}

TEST_F(FlushTest, Pitfall03_siblings_are_written_together) {
    auto r = make(Node{.name = "r"});
    auto a = make(Node{.name = "a", .parent = r});
    auto b = make(Node{.name = "b", .parent = r});
    session.add(r);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO nodes (name, parent_id) VALUES (?, ?)", "    ('r', None)",
                                "INSERT INTO nodes (name, parent_id) VALUES (?, ?)", "    ('a', 1)",
                                "INSERT INTO nodes (name, parent_id) VALUES (?, ?)", "    ('b', 1)"}));
}

TEST_F(FlushTest, Pitfall03_rows_that_refer_to_each_other_are_an_error_that_names_them) {
    auto a = make(Node{.name = "A"});
    auto b = make(Node{.name = "B", .parent = a});
    session.add(b);
    session.flush();
    a->parent = b;
    const std::string message = flush_error<CircularDependencyError>();
    EXPECT_EQ(message.rfind("Circular dependency detected. (", 0), 0U) << message;
    EXPECT_NE(message.find("SaveUpdateState(<Node at "), std::string::npos) << message;
    EXPECT_NE(message.find("Node.parent"), std::string::npos) << message;
    EXPECT_THROW(session.flush(), PendingRollbackError);
    session.rollback();
    EXPECT_EQ(session.query<Node>().count(), 0U);
}

TEST_F(FlushTest, Pitfall04_post_update_writes_the_key_afterwards_and_takes_it_back_first) {
    auto w = make(Widget{});
    auto e = make(Entry{});
    w->entries = {e};
    w->fav = e;
    session.add(w);
    session.commit();
    EXPECT_EQ(emitted(),
              (Lines{"INSERT INTO widget (fav_id) VALUES (?)", "    (None,)", "INSERT INTO entry (w_id) VALUES (?)",
                     "    (1,)", "UPDATE widget SET fav_id=? WHERE widget.id = ?", "    (1, 1)"}));
    session.delete_(w);
    session.delete_(e);
    session.flush();
    EXPECT_EQ(
        emitted(),
        (Lines{"SELECT widget.id AS widget_id, widget.fav_id AS widget_fav_id FROM widget WHERE widget.id = ?",
               "    (1,)", "SELECT entry.id AS entry_id, entry.w_id AS entry_w_id FROM entry WHERE ? = entry.w_id",
               "    (1,)", "UPDATE widget SET fav_id=? WHERE widget.id = ?", "    (None, 1)",
               "DELETE FROM entry WHERE entry.id = ?", "    (1,)", "DELETE FROM widget WHERE widget.id = ?",
               "    (1,)"}));
}

TEST_F(FlushTest, Pitfall05_the_same_key_is_a_row_switch) {
    auto k = session.add(Keyword{.id = 1, .word = "x"});
    session.commit();
    EXPECT_EQ(k->word, "x");
    emitted();
    session.delete_(k);
    session.add(Keyword{.id = 1, .word = "y"});
    session.flush();
    EXPECT_EQ(
        emitted(),
        (Lines{"SELECT posts.id AS posts_id, posts.headline AS posts_headline, posts.user_id AS posts_user_id FROM "
               "posts, post_keywords WHERE ? = post_keywords.keyword_id AND posts.id = post_keywords.post_id",
               "    (1,)", "UPDATE keywords SET word=? WHERE keywords.id = ?", "    ('y', 1)"}));
}

TEST_F(FlushTest, Pitfall05_a_unique_value_cannot_move_from_a_deleted_row_to_a_new_one) {
    auto k = session.add(Keyword{.word = "x"});
    committed();
    session.delete_(k);
    session.add(Keyword{.word = "x"});
    EXPECT_THROW(session.flush(), IntegrityError);
}

TEST_F(FlushTest, Pitfall06_what_leaves_a_collection_loses_its_foreign_key) {
    auto u = session.add(
        User{.name = "u", .addresses = {Address{.email = "a"}, Address{.email = "b"}, Address{.email = "c"}}});
    session.commit();
    EXPECT_EQ(u->addresses.size(), 3U);
    emitted();
    u->addresses.remove(u->addresses[0]);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE addresses SET user_id=? WHERE addresses.id = ?", "    (None, 1)"}));
    session.delete_(u);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT posts.id AS posts_id, posts.headline AS posts_headline, posts.user_id AS "
                                "posts_user_id FROM posts WHERE ? = posts.user_id",
                                "    (1,)", "UPDATE addresses SET user_id=? WHERE addresses.id = ?",
                                "    ((None, 2), (None, 3))", "DELETE FROM users WHERE users.id = ?", "    (1,)"}));
}

TEST_F(FlushTest, Pitfall06_a_foreign_key_that_cannot_be_null_is_left_to_the_database) {
    auto p = session.add(P{.plain = {C1{}}});
    committed();
    session.delete_(p);
    EXPECT_THROW(session.flush(), IntegrityError);
    EXPECT_EQ(emitted(), (Lines{"SELECT p.id AS p_id FROM p WHERE p.id = ?", "    (1,)",
                                "SELECT c2.id AS c2_id, c2.p_id AS c2_p_id FROM c2 WHERE ? = c2.p_id", "    (1,)",
                                "SELECT c1.id AS c1_id, c1.p_id AS c1_p_id FROM c1 WHERE ? = c1.p_id", "    (1,)",
                                "UPDATE c1 SET p_id=? WHERE c1.id = ?", "    (None, 1)"}));
    session.rollback();
    session.delete_(p->plain[0]);
    session.delete_(p);
    session.flush();
    EXPECT_EQ(session.query<C1>().count(), 0U);
}

TEST_F(FlushTest, Pitfall06_delete_orphan_deletes_what_leaves_its_collection) {
    auto p = session.add(P{.orph = {C2{}, C2{}}});
    session.commit();
    auto orphan = p->orph.pop();
    EXPECT_TRUE(session.contains(orphan));
    emitted();
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"DELETE FROM c2 WHERE c2.id = ?", "    (2,)"}));
    EXPECT_FALSE(session.contains(orphan));
}

TEST_F(FlushTest, Pitfall06_a_pending_orphan_is_not_written) {
    auto p = make(P{});
    auto c = make(C2{});
    p->orph.append(c);
    session.add(p);
    p->orph.remove(c);
    EXPECT_FALSE(session.contains(c));
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO p DEFAULT VALUES", "    ()"}));
}

TEST_F(FlushTest, Pitfall06_an_object_without_any_parent_is_left_to_the_database) {
    session.add(C2{});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO c2 (p_id) VALUES (?)", "    (None,)"}));
}

TEST_F(FlushTest, Pitfall07_what_moves_from_one_loaded_collection_to_another_keeps_its_row) {
    auto p1 = session.add(P{.orph = {C2{}}});
    auto p2 = session.add(P{});
    session.commit();
    auto c = p1->orph[0];
    EXPECT_EQ(p2->orph.size(), 0U);
    emitted();
    p1->orph.remove(c);
    p2->orph.append(c);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE c2 SET p_id=? WHERE c2.id = ?", "    (2, 1)"}));
}

TEST_F(FlushTest, Pitfall07_loading_the_new_collection_in_between_deletes_the_orphan) {
    auto p1 = session.add(P{.orph = {C2{}}});
    auto p2 = session.add(P{});
    session.commit();
    auto c = p1->orph[0];
    p1->orph.remove(c);
    EXPECT_THROW(p2->orph.append(c), InvalidRequestError);
}

TEST_F(FlushTest, Pitfall08_passive_deletes_leaves_children_that_are_not_loaded_to_the_database) {
    auto p = session.add(P{.pas = {C3{}, C3{}}, .pall = {C4{}}});
    session.commit();
    EXPECT_EQ(p->id, 1);
    emitted();
    session.delete_(p);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT c2.id AS c2_id, c2.p_id AS c2_p_id FROM c2 WHERE ? = c2.p_id", "    (1,)",
                                "SELECT c1.id AS c1_id, c1.p_id AS c1_p_id FROM c1 WHERE ? = c1.p_id", "    (1,)",
                                "DELETE FROM p WHERE p.id = ?", "    (1,)"}));
    session.rollback();
    EXPECT_EQ(p->pas.size() + p->plain.size() + p->orph.size() + p->pall.size(), 3U);
    emitted();
    session.delete_(p);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"DELETE FROM c3 WHERE c3.id = ?", "    ((1,), (2,))", "DELETE FROM p WHERE p.id = ?",
                                "    (1,)"}));
}

TEST_F(FlushTest, Pitfall09_a_pair_is_written_once_and_deleted_with_either_object) {
    auto k1 = make(Keyword{.word = "1"});
    auto k2 = make(Keyword{.word = "2"});
    auto p1 = make(Post{.headline = "a", .keywords = {k1, k2}});
    auto p2 = make(Post{.headline = "b", .keywords = {k1}});
    session.add_all(p1, p2);
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"INSERT INTO keywords (word) VALUES (?)", "    ('1',)", "INSERT INTO keywords (word) VALUES (?)",
                     "    ('2',)", "INSERT INTO posts (headline, user_id) VALUES (?, ?)", "    ('a', None)",
                     "INSERT INTO posts (headline, user_id) VALUES (?, ?)", "    ('b', None)",
                     "INSERT INTO post_keywords (post_id, keyword_id) VALUES (?, ?)", "    ((1, 1), (2, 1), (1, 2))"}));
    p1->keywords.remove(k2);
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"DELETE FROM post_keywords WHERE post_keywords.post_id = ? AND post_keywords.keyword_id = ?",
                     "    (1, 2)"}));
    session.commit();
    EXPECT_EQ(k1->word, "1");
    emitted();
    session.delete_(k1);
    session.flush();
    EXPECT_EQ(
        emitted(),
        (Lines{"SELECT posts.id AS posts_id, posts.headline AS posts_headline, posts.user_id AS posts_user_id FROM "
               "posts, post_keywords WHERE ? = post_keywords.keyword_id AND posts.id = post_keywords.post_id",
               "    (1,)", "DELETE FROM post_keywords WHERE post_keywords.post_id = ? AND post_keywords.keyword_id = ?",
               "    ((1, 1), (2, 1))", "DELETE FROM keywords WHERE keywords.id = ?", "    (1,)"}));
}

TEST_F(FlushTest, Pitfall09_a_missing_row_is_noticed) {
    auto k = make(Keyword{.word = "1"});
    auto p = session.add(Post{.headline = "a", .keywords = {k}});
    session.commit();
    EXPECT_EQ(p->keywords.size(), 1U);
    execute("DELETE FROM post_keywords");
    p->keywords.remove(k);
    EXPECT_EQ(flush_error<StaleDataError>(),
              "DELETE statement on table 'post_keywords' expected to delete 1 row(s); Only 0 were matched.");
}

TEST_F(FlushTest, Pitfall09_duplicates_in_the_list_write_one_row) {
    auto k = make(Keyword{.word = "k"});
    auto p = session.add(Post{.headline = "p"});
    session.add(k);
    session.flush();
    emitted();
    p->keywords.append(k);
    p->keywords.append(k);
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"SELECT keywords.id AS keywords_id, keywords.word AS keywords_word FROM keywords, post_keywords "
                     "WHERE ? = post_keywords.post_id AND keywords.id = post_keywords.keyword_id",
                     "    (1,)", "INSERT INTO post_keywords (post_id, keyword_id) VALUES (?, ?)", "    (1, 1)"}));
    p->keywords.append(k);
    session.flush();
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(FlushTest, Pitfall09_both_sides_may_be_one_class) {
    auto a = make(Person{.name = "a"});
    auto b = make(Person{.name = "b"});
    a->friends = {b};
    session.add(a);
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"INSERT INTO person (name) VALUES (?)", "    ('a',)", "INSERT INTO person (name) VALUES (?)",
                     "    ('b',)", "INSERT INTO friendship (a_id, b_id) VALUES (?, ?)", "    (1, 2)"}));
    b->friends.append(a);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT person.id AS person_id, person.name AS person_name FROM person, friendship "
                                "WHERE ? = friendship.a_id AND person.id = friendship.b_id",
                                "    (2,)", "INSERT INTO friendship (a_id, b_id) VALUES (?, ?)", "    (2, 1)"}));
    session.delete_(a);
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"SELECT person.id AS person_id, person.name AS person_name FROM person, friendship WHERE ? = "
                     "friendship.b_id AND person.id = friendship.a_id",
                     "    (1,)", "DELETE FROM friendship WHERE friendship.a_id = ? AND friendship.b_id = ?",
                     "    (2, 1)", "DELETE FROM friendship WHERE friendship.a_id = ? AND friendship.b_id = ?",
                     "    (1, 2)", "DELETE FROM person WHERE person.id = ?", "    (1,)"}));
}

TEST_F(FlushTest, Pitfall10_children_with_known_keys_go_in_one_executemany) {
    session.add(
        User{.id = 5, .name = "u", .addresses = {Address{.id = 1, .email = "a"}, Address{.id = 2, .email = "b"}}});
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"INSERT INTO users (id, name) VALUES (?, ?)", "    (5, 'u')",
                     "INSERT INTO addresses (id, email, user_id) VALUES (?, ?, ?)", "    ((1, 'a', 5), (2, 'b', 5))"}));
}

TEST_F(FlushTest, Pitfall11_a_foreign_key_without_value_is_sent_as_null) {
    session.add(Post{.headline = "p"});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO posts (headline, user_id) VALUES (?, ?)", "    ('p', None)"}));
}

TEST_F(FlushTest, Pitfall12_a_reference_set_and_set_back_writes_nothing) {
    auto u1 = make(User{.name = "1"});
    auto u2 = make(User{.name = "2"});
    auto a = make(Address{.email = "a", .user = u1});
    session.add_all(a, u2);
    session.commit();
    EXPECT_EQ(a->user, u1);
    EXPECT_EQ(a->email, "a");
    EXPECT_EQ(u2->name, "2");
    emitted();
    a->user = u2;
    a->user = u1;
    session.flush();
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(FlushTest, Pitfall13_the_relationship_wins_over_the_foreign_key) {
    auto u1 = make(User{.name = "1"});
    auto u2 = make(User{.name = "2"});
    auto a = make(Address{.email = "a", .user = u1});
    session.add_all(a, u2);
    session.commit();
    EXPECT_EQ(a->user, u1);
    EXPECT_EQ(a->email, "a");
    EXPECT_EQ(u2->name, "2");
    emitted();
    a->user = u2;
    a->user_id = 7;
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE addresses SET user_id=? WHERE addresses.id = ?", "    (2, 1)"}));
    EXPECT_EQ(a->user_id, 2);
    a->user_id = u1->id;
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE addresses SET user_id=? WHERE addresses.id = ?", "    (1, 1)"}));
    EXPECT_EQ(a->user, u2);
    session.commit();
    EXPECT_EQ(a->user, u1);
}

TEST_F(FlushTest, Pitfall13_a_pending_object_loads_nothing) {
    auto a = session.add(Address{.email = "n"});
    EXPECT_FALSE(a->user);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO addresses (email, user_id) VALUES (?, ?)", "    ('n', None)"}));
}

TEST_F(FlushTest, Pitfall14_without_passive_updates_the_session_changes_the_children) {
    auto author = session.add(Author{.name = "a", .books = {Book{}, Book{}}});
    session.commit();
    EXPECT_EQ(author->books.size(), 2U);
    defer_foreign_keys();
    author->name = "b";
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE author SET name=? WHERE author.name = ?", "    ('b', 'a')",
                                "UPDATE book SET author_name=? WHERE book.id = ?", "    (('b', 1), ('b', 2))"}));
    EXPECT_EQ(session.get<Author>("b"), author);
    session.commit();
    EXPECT_EQ(author->name, "b");
    defer_foreign_keys();
    author->name = "c";
    session.flush();
    EXPECT_EQ(
        emitted(),
        (Lines{"SELECT book.id AS book_id, book.author_name AS book_author_name FROM book WHERE ? = book.author_name",
               "    ('b',)", "UPDATE author SET name=? WHERE author.name = ?", "    ('c', 'b')",
               "UPDATE book SET author_name=? WHERE book.id = ?", "    (('c', 1), ('c', 2))"}));
}

TEST_F(FlushTest, Pitfall14_with_passive_updates_memory_follows_the_database) {
    auto city = session.add(City{.name = "a", .streets = {Street{}, Street{}}});
    session.commit();
    auto street = city->streets[0];
    EXPECT_EQ(street->city_name, "a");
    emitted();
    city->name = "b";
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE city SET name=? WHERE city.name = ?", "    ('b', 'a')"}));
    EXPECT_EQ(street->city_name, "b");
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(FlushTest, Pitfall14_objects_that_refer_to_the_key_are_found_without_a_collection) {
    auto trip = session.add(Trip{.country = Country{.code = "x"}});
    session.commit();
    EXPECT_EQ(trip->country->code, "x");
    defer_foreign_keys();
    trip->country->code = "y";
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE country SET code=? WHERE country.code = ?", "    ('y', 'x')",
                                "UPDATE trip SET code=? WHERE trip.id = ?", "    ('y', 1)"}));
}

TEST_F(FlushTest, Pitfall15_a_row_that_is_not_there_is_an_error_for_update) {
    auto a = session.add(Address{.email = "a"});
    session.commit();
    EXPECT_EQ(a->email, "a");
    execute("DELETE FROM addresses");
    a->email = "b";
    EXPECT_EQ(flush_error<StaleDataError>(),
              "UPDATE statement on table 'addresses' expected to update 1 row(s); 0 were matched.");
}

TEST_F(FlushTest, Pitfall15_a_row_that_is_not_there_is_a_warning_for_delete) {
    auto k = session.add(Keyword{.word = "a"});
    session.commit();
    EXPECT_EQ(k->posts.size(), 0U);
    execute("DELETE FROM keywords");
    emitted();
    session.delete_(k);
    session.flush();
    const Lines lines = emitted();
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0], "DELETE FROM keywords WHERE keywords.id = ?");
    EXPECT_EQ(lines[2].rfind("DELETE statement on table 'keywords' expected to delete 1 row(s); 0 were matched.", 0),
              0U);
}

TEST_F(FlushTest, Pitfall16_replacing_the_one_object_takes_the_key_of_the_old_one) {
    auto account = session.add(Account{.profile = Profile{}});
    committed();
    account->profile = Profile{};
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT account.id AS account_id FROM account WHERE account.id = ?", "    (1,)",
                                "SELECT profile.id AS profile_id, profile.account_id AS profile_account_id FROM "
                                "profile WHERE ? = profile.account_id",
                                "    (1,)", "UPDATE profile SET account_id=? WHERE profile.id = ?", "    (None, 1)",
                                "INSERT INTO profile (account_id) VALUES (?)", "    (1,)"}));
}

}  // namespace
}  // namespace aludel::test::flush
