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
