// Relationships: both sides, collections, cascades, many to many.
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

using Relationships = ComplianceTest;
ALUDEL_ON_EVERY_DATABASE(Relationships);

TEST_P(Relationships, collection_is_written_and_read_in_its_order) {
    given_addresses({"c", "a", "b"});
    EXPECT_EQ(emails(session.get<User>(1)->addresses), (Lines{"c", "a", "b"}));
}

TEST_P(Relationships, both_sides_agree_before_anything_is_written) {
    auto ed = make(User{.name = "ed"});
    ed->addresses.append(Address{.email = "x"});
    EXPECT_EQ(ed->addresses[0]->user, ed);
    session.add(ed);
    session.commit();
    EXPECT_EQ(committed<int>("SELECT user_id FROM addresses"), 1);
}

TEST_P(Relationships, object_taken_out_of_a_collection_with_orphans_is_deleted) {
    given_addresses({"a", "b"});
    auto ed = session.get<User>(1);
    ed->addresses.remove(ed->addresses[0]);
    session.commit();
    EXPECT_EQ(emails(ed->addresses), Lines{"b"});
    EXPECT_EQ(rows_of<Address>(), 1);
}

TEST_P(Relationships, collection_assigned_as_a_whole_writes_the_difference) {
    given_addresses({"a", "b"});
    auto ed = session.get<User>(1);
    ed->addresses = {ed->addresses[1], make(Address{.email = "c"})};
    session.commit();
    EXPECT_EQ(emails(ed->addresses), (Lines{"b", "c"}));
    EXPECT_EQ(rows_of<Address>(), 2);
}

TEST_P(Relationships, object_moves_from_one_parent_to_another) {
    given_addresses({"a"});
    auto wendy = session.add(User{.name = "wendy"});
    auto address = session.get<Address>(1);
    address->user = wendy;
    session.commit();
    EXPECT_EQ(committed<int>("SELECT user_id FROM addresses"), *wendy->id);
    EXPECT_EQ(wendy->addresses.size(), 1u);
    EXPECT_EQ(session.get<User>(1)->addresses.size(), 0u);
}

TEST_P(Relationships, reference_set_to_nothing_is_null) {
    auto post = session.add(Post{.title = "t", .author = User{.name = "ed"}});
    session.commit();
    post->author = nullptr;
    session.commit();
    EXPECT_EQ(post->author_id, std::nullopt);
    EXPECT_EQ(committed<int>("SELECT count(*) FROM posts WHERE author_id IS NULL"), 1);
}

TEST_P(Relationships, parent_without_cascade_leaves_its_children_without_parent) {
    session.add(User{.name = "ed", .posts = {Post{.title = "one"}, Post{.title = "two"}}});
    session.commit();
    session.delete_(session.get<User>(1));
    session.commit();
    EXPECT_EQ(committed<int>("SELECT count(*) FROM posts WHERE author_id IS NULL"), 2);
}

TEST_P(Relationships, one_to_one_is_replaced) {
    auto ed = session.add(User{.name = "ed", .profile = Profile{.bio = "old"}});
    session.commit();
    auto old = session.query<Profile>().one();
    old->user = nullptr;
    session.flush();
    ed->profile = make(Profile{.bio = "new"});
    session.commit();
    EXPECT_EQ(ed->profile->bio, "new");
    EXPECT_EQ(old->user_id, std::nullopt);
}

TEST_P(Relationships, many_to_many_rows_come_and_go) {
    auto post = session.add(Post{.title = "t", .keywords = {Keyword{.word = "a"}, Keyword{.word = "b"}}});
    session.commit();
    EXPECT_EQ(committed<int>("SELECT count(*) FROM post_keywords"), 2);
    post->keywords.remove(post->keywords[0]);
    session.commit();
    EXPECT_EQ(words(post->keywords), Lines{"b"});
    EXPECT_EQ(committed<int>("SELECT count(*) FROM post_keywords"), 1);
    EXPECT_EQ(rows_of<Keyword>(), 2);
}

TEST_P(Relationships, many_to_many_rows_go_with_either_side) {
    auto shared = make(Keyword{.word = "shared"});
    session.add_all(Post{.title = "a", .keywords = {shared}}, Post{.title = "b", .keywords = {shared}});
    session.commit();
    session.delete_(session.get<Post>(1));
    session.commit();
    EXPECT_EQ(committed<int>("SELECT count(*) FROM post_keywords"), 1);
    session.delete_(shared);
    session.commit();
    EXPECT_EQ(committed<int>("SELECT count(*) FROM post_keywords"), 0);
    EXPECT_EQ(rows_of<Post>(), 1);
}

TEST_P(Relationships, dynamic_side_is_a_query) {
    auto word = make(Keyword{.word = "w"});
    session.add_all(Post{.title = "b", .keywords = {word}}, Post{.title = "a", .keywords = {word}}, Post{.title = "c"});
    session.commit();
    EXPECT_EQ(word->posts.count(), 2);
    EXPECT_EQ(*word->posts.query().order_by(col<&Post::title>).first()->title, "a");
    EXPECT_EQ(word->posts.filter(col<&Post::title> == "b").count(), 1);
}

TEST_P(Relationships, dynamic_side_takes_objects) {
    auto word = session.add(Keyword{.word = "w"});
    word->posts.append(Post{.title = "p"});
    session.commit();
    EXPECT_EQ(words(session.query<Post>().one()->keywords), Lines{"w"});
}

TEST_P(Relationships, tree_is_walked_in_both_directions) {
    session.add(
        Node{.name = "r", .children = {Node{.name = "a", .children = {Node{.name = "aa"}}}, Node{.name = "b"}}});
    session.commit();
    restart();
    auto root = session.query<Node>().filter(col<&Node::name> == "r").one();
    EXPECT_EQ(names(root->children), (Lines{"a", "b"}));
    auto leaf = session.query<Node>().filter(col<&Node::name> == "aa").one();
    EXPECT_EQ(leaf->parent->parent, root);
    EXPECT_FALSE(root->parent);
}

TEST_P(Relationships, node_moves_in_its_tree) {
    session.add(Node{.name = "r", .children = {Node{.name = "a"}, Node{.name = "b"}}});
    session.commit();
    auto a = session.query<Node>().filter(col<&Node::name> == "a").one();
    auto b = session.query<Node>().filter(col<&Node::name> == "b").one();
    b->parent = a;
    session.commit();
    EXPECT_EQ(names(a->children), Lines{"b"});
    EXPECT_EQ(a->parent->children.size(), 1u);
}

TEST_P(Relationships, key_of_two_columns_links_objects) {
    auto seat = session.add(Seat{.row = "A", .select = 7, .tickets = {Ticket{}, Ticket{}}});
    session.commit();
    EXPECT_EQ(seat->tickets.size(), 2u);
    restart();
    auto ticket = session.get<Ticket>(2);
    EXPECT_EQ(ticket->seat_row, "A");
    EXPECT_EQ(ticket->seat_select, 7);
    EXPECT_EQ(ticket->seat, session.get<Seat>("A", 7));
}

TEST_P(Relationships, any_and_has_find_by_related_rows) {
    session.add_all(User{.name = "ed", .addresses = {Address{.email = "ed@x"}}}, User{.name = "jack"});
    session.commit();
    EXPECT_EQ(names(session.query<User>().filter(rel<&User::addresses>.any()).all()), Lines{"ed"});
    EXPECT_EQ(names(session.query<User>().filter(!rel<&User::addresses>.any("email"_a = "ed@x")).all()), Lines{"jack"});
    EXPECT_EQ(session.query<Address>().filter(rel<&Address::user>.has(col<&User::name> == "ed")).count(), 1);
    EXPECT_EQ(session.query<Address>().filter(rel<&Address::user>.has(col<&User::name> == "jack")).count(), 0);
}

TEST_P(Relationships, objects_are_compared_in_queries) {
    given_addresses({"a", "b"});
    session.add(Address{.email = "free"});
    auto ed = session.get<User>(1);
    EXPECT_EQ(session.query<Address>().filter(rel<&Address::user> == ed).count(), 2);
    EXPECT_EQ(emails(session.query<Address>().filter(rel<&Address::user> != ed).all()), Lines{"free"});
    EXPECT_EQ(emails(session.query<Address>().filter(rel<&Address::user> == nullptr).all()), Lines{"free"});
    EXPECT_EQ(session.query<User>().filter(rel<&User::addresses>.contains(ed->addresses[0])).one(), ed);
    EXPECT_EQ(session.query<Address>().with_parent(ed, rel<&User::addresses>).count(), 2);
}

TEST_P(Relationships, self_reference_is_searched_level_by_level) {
    session.add(
        Node{.name = "r", .children = {Node{.name = "a", .children = {Node{.name = "aa"}}}, Node{.name = "b"}}});
    session.commit();
    EXPECT_EQ(names(session.query<Node>()
                        .filter(rel<&Node::children>.any(rel<&Node::children>.any(col<&Node::name> == "aa")))
                        .all()),
              Lines{"r"});
    const auto parent = aliased<Node>();
    EXPECT_EQ(names(session.query<Node>()
                        .join(parent, rel<&Node::parent>)
                        .filter(parent[&Node::name] == "r")
                        .order_by(col<&Node::id>)
                        .all()),
              (Lines{"a", "b"}));
}

TEST_P(Relationships, merge_follows_its_cascade) {
    given_addresses({"a"});
    session.merge(
        User{.id = 1, .name = "ed", .addresses = {Address{.id = 1, .email = "changed"}, Address{.email = "new"}}});
    session.commit();
    EXPECT_EQ(emails(session.get<User>(1)->addresses), (Lines{"changed", "new"}));
}

TEST_P(Relationships, thousand_children_are_written_and_read) {
    auto user = make(User{.name = "ed"});
    for (int i = 0; i < 1000; ++i) user->addresses.append(Address{.email = std::to_string(i)});
    session.add(user);
    session.commit();
    restart();
    const auto loaded = session.get<User>(1);
    ASSERT_EQ(loaded->addresses.size(), 1000u);
    EXPECT_EQ(loaded->addresses[999]->email, "999");
}

}  // namespace
}  // namespace aludel::test::compliance
