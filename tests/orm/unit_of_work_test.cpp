// What a flush does with relationships, beyond the entries of the list of pitfalls.
#include "orm/flush_models.hpp"

#include <algorithm>

namespace aludel::test::flush {
namespace {

using UnitOfWork = FlushTest;

TEST_F(UnitOfWork, child_that_names_its_parent_gets_the_key) {
    auto u = session.add(User{.name = "u", .addresses = {Address{.email = "1"}}});
    session.commit();
    EXPECT_EQ(u->addresses.size(), 1U);
    emitted();
    auto n = make(Address{.email = "2"});
    n->user = u;
    session.add(n);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO addresses (email, user_id) VALUES (?, ?)", "    ('2', 1)"}));
    session.commit();
    EXPECT_EQ(u->name, "u");
    emitted();
    session.delete_(u);
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"SELECT addresses.id AS addresses_id, addresses.email AS addresses_email, addresses.user_id AS "
                     "addresses_user_id FROM addresses WHERE ? = addresses.user_id ORDER BY addresses.id",
                     "    (1,)",
                     "SELECT posts.id AS posts_id, posts.headline AS posts_headline, posts.user_id AS posts_user_id "
                     "FROM posts WHERE ? = posts.user_id",
                     "    (1,)", "UPDATE addresses SET user_id=? WHERE addresses.id = ?", "    ((None, 1), (None, 2))",
                     "DELETE FROM users WHERE users.id = ?", "    (1,)"}));
}

TEST_F(UnitOfWork, reference_set_to_nothing_blanks_the_key) {
    auto a = session.add(Address{.email = "1", .user = User{.name = "u"}});
    session.commit();
    EXPECT_TRUE(a->user);
    emitted();
    a->user = nullptr;
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE addresses SET user_id=? WHERE addresses.id = ?", "    (None, 1)"}));
    EXPECT_EQ(a->user_id, std::nullopt);
}

TEST_F(UnitOfWork, tree_that_is_not_loaded_is_deleted_from_its_leaves) {
    auto root = make(Node{.name = "0"});
    auto node = root;
    for (int i = 1; i < 4; ++i) {
        auto child = make(Node{.name = std::to_string(i)});
        node->children.append(child);
        node = child;
    }
    session.add(root);
    session.commit();
    auto all = session.query<Node>().order_by(col<&Node::id>).all();
    emitted();
    session.delete_(all[2]);
    session.delete_(all[3]);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT nodes.id AS nodes_id, nodes.name AS nodes_name, nodes.parent_id AS "
                                "nodes_parent_id FROM nodes WHERE ? = nodes.parent_id",
                                "    (3,)",
                                "SELECT nodes.id AS nodes_id, nodes.name AS nodes_name, nodes.parent_id AS "
                                "nodes_parent_id FROM nodes WHERE ? = nodes.parent_id",
                                "    (4,)", "DELETE FROM nodes WHERE nodes.id = ?", "    (4,)",
                                "DELETE FROM nodes WHERE nodes.id = ?", "    (3,)"}));
    all[1]->parent = nullptr;
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE nodes SET parent_id=? WHERE nodes.id = ?", "    (None, 2)"}));
}

TEST_F(UnitOfWork, parent_in_a_tree_that_is_not_loaded_is_given_up) {
    session.add(Node{.name = "r", .children = {Node{.name = "c"}}});
    session.commit();
    auto child = session.get<Node>(2);
    EXPECT_EQ(child->name, "c");
    emitted();
    child->parent = nullptr;
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE nodes SET parent_id=? WHERE nodes.id = ?", "    (None, 2)"}));
}

TEST_F(UnitOfWork, flush_without_changes_to_write_leaves_everything_clean) {
    auto u = session.add(User{.name = "u", .addresses = {Address{.email = "1"}}});
    session.flush();
    emitted();
    session.flush();
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_FALSE(session.is_modified(u));
    EXPECT_TRUE(session.dirty().empty());
}

TEST_F(UnitOfWork, child_that_is_not_in_the_session_is_left_out_with_a_warning) {
    auto u = session.add(User{.name = "u"});
    session.flush();
    EXPECT_EQ(u->addresses.size(), 0U);
    auto a = make(Address{.email = "1"});
    a->user = u;
    emitted();
    session.flush();
    const Lines lines = emitted();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0],
              "Object of type <Address> not in session, add operation along 'User.addresses' will not proceed");
}

TEST_F(UnitOfWork, failed_flush_leaves_no_trace_of_itself) {
    session.add(Keyword{.word = "x"});
    committed();
    auto k = session.add(Keyword{.word = "x", .posts = {Post{.headline = "p"}}});
    EXPECT_THROW(session.flush(), IntegrityError);
    session.rollback();
    k->word = "y";
    session.add(k);
    session.commit();
    EXPECT_EQ(session.query<Post>().count(), 1U);
    EXPECT_EQ(k->posts.size(), 1U);
}

TEST_F(UnitOfWork, savepoint_rollback_reads_again_what_the_flush_changed) {
    auto u = session.add(User{.name = "u", .addresses = {Address{.email = "1"}}});
    session.commit();
    auto a = u->addresses[0];
    auto savepoint = session.begin_nested();
    u->addresses.remove(a);
    session.flush();
    EXPECT_EQ(a->user_id, std::nullopt);
    savepoint.rollback();
    EXPECT_EQ(a->user_id, u->id);
    EXPECT_EQ(u->addresses.size(), 1U);
}

TEST_F(UnitOfWork, tree_with_children_of_its_own_is_written_level_by_level) {
    auto root = make(Folder{.folders = {Folder{.files = {File{}}, .labels = {Label{.text = "m"}}}, Folder{}},
                            .files = {File{}, File{}},
                            .labels = {Label{.text = "l"}}});
    session.add(root);
    session.flush();
    EXPECT_EQ(
        emitted(),
        (Lines{"INSERT INTO folder (parent_id) VALUES (?)", "    (None,)", "INSERT INTO label (text) VALUES (?)",
               "    (('m',), ('l',))", "INSERT INTO folder_label (folder_id, label_text) VALUES (?, ?)", "    (1, 'l')",
               "INSERT INTO folder (parent_id) VALUES (?)", "    (1,)", "INSERT INTO folder (parent_id) VALUES (?)",
               "    (1,)", "INSERT INTO folder_label (folder_id, label_text) VALUES (?, ?)", "    (2, 'm')",
               "INSERT INTO file (folder_id) VALUES (?)", "    (2,)", "INSERT INTO file (folder_id) VALUES (?)",
               "    (1,)", "INSERT INTO file (folder_id) VALUES (?)", "    (1,)"}));
    session.delete_(root);
    session.flush();
    EXPECT_EQ(
        emitted(),
        (Lines{"SELECT folder.id AS folder_id, folder.parent_id AS folder_parent_id FROM folder WHERE ? = "
               "folder.parent_id",
               "    (2,)",
               "SELECT folder.id AS folder_id, folder.parent_id AS folder_parent_id FROM folder WHERE ? = "
               "folder.parent_id",
               "    (3,)",
               "SELECT file.id AS file_id, file.folder_id AS file_folder_id FROM file WHERE ? = file.folder_id",
               "    (3,)",
               "SELECT label.text AS label_text FROM label, folder_label WHERE ? = folder_label.folder_id AND "
               "label.text = folder_label.label_text",
               "    (3,)", "DELETE FROM folder_label WHERE folder_label.folder_id = ? AND folder_label.label_text = ?",
               "    ((1, 'l'), (2, 'm'))", "DELETE FROM file WHERE file.id = ?", "    ((1,), (2,), (3,))",
               "DELETE FROM folder WHERE folder.id = ?", "    ((2,), (3,))", "DELETE FROM folder WHERE folder.id = ?",
               "    (1,)"}));
}

TEST_F(UnitOfWork, orphan_of_a_tree_takes_its_children_along) {
    auto root = session.add(Folder{.folders = {Folder{.files = {File{}}}}});
    session.commit();
    auto folder = root->folders[0];
    EXPECT_EQ(folder->files.size(), 1U);
    emitted();
    root->folders.remove(folder);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT folder.id AS folder_id, folder.parent_id AS folder_parent_id FROM folder WHERE "
                                "? = folder.parent_id",
                                "    (2,)",
                                "SELECT label.text AS label_text FROM label, folder_label WHERE ? = "
                                "folder_label.folder_id AND label.text = folder_label.label_text",
                                "    (2,)", "DELETE FROM file WHERE file.id = ?", "    (1,)",
                                "DELETE FROM folder WHERE folder.id = ?", "    (2,)"}));
}

TEST_F(UnitOfWork, key_change_is_written_to_association_rows) {
    auto mark = session.add(Mark{.text = "a", .songs = {Song{}, Song{}}});
    session.commit();
    EXPECT_EQ(mark->songs.size(), 2U);
    defer_foreign_keys();
    mark->text = "b";
    session.flush();
    EXPECT_EQ(
        emitted(),
        (Lines{"UPDATE mark SET text=? WHERE mark.text = ?", "    ('b', 'a')",
               "UPDATE song_mark SET song_id=?, mark_text=? WHERE song_mark.song_id = ? AND song_mark.mark_text = ?",
               "    ((1, 'b', 1, 'a'), (2, 'b', 2, 'a'))"}));
}

TEST_F(UnitOfWork, dynamic_collection_writes_its_changes) {
    auto blog = session.add(Blog{});
    blog->entries.append(BlogEntry{});
    blog->entries.append(BlogEntry{});
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"INSERT INTO blog DEFAULT VALUES", "    ()", "INSERT INTO blog_entry (blog_id) VALUES (?)",
                     "    (1,)", "INSERT INTO blog_entry (blog_id) VALUES (?)", "    (1,)"}));
    auto entry = session.get<BlogEntry>(1);
    emitted();
    blog->entries.remove(entry);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE blog_entry SET blog_id=? WHERE blog_entry.id = ?", "    (None, 1)"}));
    session.delete_(blog);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT blog_entry.id AS blog_entry_id, blog_entry.blog_id AS blog_entry_blog_id FROM "
                                "blog_entry WHERE ? = blog_entry.blog_id",
                                "    (1,)", "UPDATE blog_entry SET blog_id=? WHERE blog_entry.id = ?", "    (None, 2)",
                                "DELETE FROM blog WHERE blog.id = ?", "    (1,)"}));
}

TEST_F(UnitOfWork, single_parent_reference_deletes_what_it_gives_up) {
    auto shop = session.add(Shop{.place = Place{}});
    session.commit();
    EXPECT_TRUE(shop->place);
    emitted();
    shop->place = Place{};
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"INSERT INTO place DEFAULT VALUES", "    ()", "UPDATE shop SET place_id=? WHERE shop.id = ?",
                     "    (2, 1)", "DELETE FROM place WHERE place.id = ?", "    (1,)"}));
    session.delete_(shop);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"DELETE FROM shop WHERE shop.id = ?", "    (1,)",
                                "DELETE FROM place WHERE place.id = ?", "    (2,)"}));
}

TEST_F(UnitOfWork, composite_foreign_key_is_written_and_blanked_as_a_whole) {
    auto flight = session.add(Flight{.code = "X", .day = 1, .seats = {Seat{}, Seat{}}});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO flight (code, day) VALUES (?, ?)", "    ('X', 1)",
                                "INSERT INTO seat (code, day) VALUES (?, ?)", "    ('X', 1)",
                                "INSERT INTO seat (code, day) VALUES (?, ?)", "    ('X', 1)"}));
    flight->seats.pop();
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE seat SET code=?, day=? WHERE seat.id = ?", "    (None, None, 2)"}));
}

TEST_F(UnitOfWork, key_that_is_part_of_the_primary_key_cannot_be_blanked) {
    auto body = session.add(Body{.shadow = Shadow{}});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"INSERT INTO body DEFAULT VALUES", "    ()", "INSERT INTO shadow (body_id) VALUES (?)",
                                "    (1,)"}));
    body->shadow = nullptr;
    const std::string message = flush_error<FlushError>();
    EXPECT_EQ(message.rfind("Dependency rule tried to blank-out primary key column 'shadow.body_id' on instance '", 0),
              0U)
        << message;
}

TEST_F(UnitOfWork, classes_that_refer_to_each_other_are_written_row_by_row) {
    auto e1 = make(Egg{.hen = Hen{}});
    auto h2 = make(Hen{.egg = Egg{}});
    session.add_all(e1, h2);
    session.flush();
    // SQLAlchemy leaves the order within a level to chance; here the names of the classes decide.
    EXPECT_EQ(emitted(),
              (Lines{"INSERT INTO egg (hen_id) VALUES (?)", "    (None,)", "INSERT INTO hen (egg_id) VALUES (?)",
                     "    (None,)", "INSERT INTO egg (hen_id) VALUES (?)", "    (1,)",
                     "INSERT INTO hen (egg_id) VALUES (?)", "    (1,)"}));
}

TEST_F(UnitOfWork, deleted_child_that_another_parent_takes_over_stays) {
    auto u = make(User{.name = "u", .addresses = {Address{.email = "1"}}});
    auto v = make(User{.name = "v"});
    session.add_all(u, v);
    session.commit();
    auto a = u->addresses[0];
    EXPECT_EQ(v->addresses.size(), 0U);
    emitted();
    session.delete_(a);
    v->addresses.append(a);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE addresses SET user_id=? WHERE addresses.id = ?", "    (2, 1)"}));
    EXPECT_TRUE(session.contains(a));
}

TEST_F(UnitOfWork, post_update_of_expired_objects_reads_their_keys) {
    auto w = session.add(Widget{});
    auto e = session.add(Entry{});
    session.commit();
    w->fav = e;
    emitted();
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"SELECT entry.id AS entry_id, entry.w_id AS entry_w_id FROM entry WHERE entry.id = ?",
                                "    (1,)", "SELECT widget.id AS widget_id FROM widget WHERE widget.id = ?", "    (1,)",
                                "UPDATE widget SET fav_id=? WHERE widget.id = ?", "    (1, 1)"}));
}

TEST_F(UnitOfWork, thousands_of_rows_of_a_tree_take_no_longer_than_rows_alone) {
    auto root = make(Node{.name = "root"});
    auto node = root;
    for (int i = 0; i < 2000; ++i) {
        auto child = make(Node{.name = "n"});
        node->children.append(child);
        if (i % 2 == 0) node = child;
    }
    session.add(root);
    session.commit();
    EXPECT_EQ(session.query<Node>().count(), 2001U);
    EXPECT_EQ(session.query<Node>().filter(col<&Node::parent_id> == null()).count(), 1U);
}

}  // namespace
}  // namespace aludel::test::flush
