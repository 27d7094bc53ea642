// Relationships in queries: `rel<…>`, joins, with_parent. Every text is SQLAlchemy 1.4's. Pitfalls 35 and 39.
#include "orm/rel_models.hpp"

namespace aludel::test::related {

namespace {

using RelQuery = RelQueryTest;

// ---- EXISTS, comparisons, joins

TEST_F(RelQuery, any_collection_is_exists) {
    expect_sql(session.query(col<&User::id>).filter(rel<&User::addresses>.any()),
               "SELECT users.id AS users_id FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = "
               "addresses.user_id)",
               "()");
    expect_sql(session.query(col<&User::id>).filter(rel<&User::addresses>.any(col<&Address::email>.like("%g%"))),
               "SELECT users.id AS users_id FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = "
               "addresses.user_id AND addresses.email LIKE ?)",
               "('%g%',)");
    expect_sql(session.query(col<&User::id>).filter(rel<&User::addresses>.any("email"_a = "bar")),
               "SELECT users.id AS users_id FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = "
               "addresses.user_id AND addresses.email = ?)",
               "('bar',)");
    expect_sql(session.query(col<&User::id>).filter(!rel<&User::addresses>.any()),
               "SELECT users.id AS users_id FROM users WHERE NOT (EXISTS (SELECT 1 FROM addresses WHERE users.id = "
               "addresses.user_id))",
               "()");
    expect_sql(session.query(col<&User::id>)
                   .filter(rel<&User::addresses>.any("email"_a = "a"), rel<&User::addresses>.any("email"_a = "b")),
               "SELECT users.id AS users_id FROM users WHERE (EXISTS (SELECT 1 FROM addresses WHERE users.id = "
               "addresses.user_id AND addresses.email = ?)) AND (EXISTS (SELECT 1 FROM addresses WHERE users.id = "
               "addresses.user_id AND addresses.email = ?))",
               "('a', 'b')");
    expect_sql(session.query(col<&Post::id>).filter(rel<&Post::keywords>.any("word"_a = "x")),
               "SELECT posts.id AS posts_id FROM posts WHERE EXISTS (SELECT 1 FROM post_keywords, keywords WHERE "
               "posts.id = post_keywords.post_id AND keywords.id = post_keywords.keyword_id AND keywords.word = ?)",
               "('x',)");
    expect_sql(
        session.query(col<&User::id>).filter(rel<&User::addresses>.any(col<&Address::email> == col<&User::name>)),
        "SELECT users.id AS users_id FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = "
        "addresses.user_id AND addresses.email = users.name)",
        "()");
    expect_sql(session.query(col<&Seat::row>).filter(rel<&Seat::tickets>.any()),
               "SELECT seats.\"row\" AS seats_row FROM seats WHERE EXISTS (SELECT 1 FROM tickets WHERE seats.\"row\" = "
               "tickets.seat_row AND seats.place = tickets.seat_place)",
               "()");
}

TEST_F(RelQuery, has_reference_is_exists) {
    expect_sql(session.query(col<&Address::id>).filter(rel<&Address::user>.has("name"_a = "ed")),
               "SELECT addresses.id AS addresses_id FROM addresses WHERE EXISTS (SELECT 1 FROM users WHERE users.id = "
               "addresses.user_id AND users.name = ?)",
               "('ed',)");
    expect_sql(session.query(col<&Address::id>).filter(!rel<&Address::user>.has(col<&User::name> == "jack")),
               "SELECT addresses.id AS addresses_id FROM addresses WHERE NOT (EXISTS (SELECT 1 FROM users WHERE "
               "users.id = addresses.user_id AND users.name = ?))",
               "('jack',)");
}

TEST_F(RelQuery, any_nested_correlates_with_its_neighbour) {
    expect_sql(
        session.query(col<&User::id>)
            .filter(rel<&User::addresses>.any(rel<&Address::user>.has(col<&User::name> == "x"))),
        "SELECT users.id AS users_id FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = "
        "addresses.user_id AND (EXISTS (SELECT 1 FROM users WHERE users.id = addresses.user_id AND users.name = ?)))",
        "('x',)");
    expect_sql(session.query(col<&Node::id>)
                   .filter(rel<&Node::children>.any(rel<&Node::children>.any(col<&Node::name> == "x"))),
               "SELECT nodes.id AS nodes_id FROM nodes WHERE EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE nodes.id = "
               "nodes_1.parent_id AND (EXISTS (SELECT 1 FROM nodes AS nodes_2 WHERE nodes_1.id = nodes_2.parent_id AND "
               "nodes_2.name = ?)))",
               "('x',)");
}

TEST_F(RelQuery, any_self_reference_has_an_alias_inside) {
    expect_sql(session.query(col<&Node::id>).filter(rel<&Node::children>.any(col<&Node::name> == "x")),
               "SELECT nodes.id AS nodes_id FROM nodes WHERE EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE nodes.id = "
               "nodes_1.parent_id AND nodes_1.name = ?)",
               "('x',)");
    expect_sql(session.query(col<&Node::id>).filter(rel<&Node::children>.any("name"_a = "x")),
               "SELECT nodes.id AS nodes_id FROM nodes WHERE EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE nodes.id = "
               "nodes_1.parent_id AND nodes_1.name = ?)",
               "('x',)");
    expect_sql(session.query(col<&Node::id>).filter(rel<&Node::parent>.has(col<&Node::name> == "x")),
               "SELECT nodes.id AS nodes_id FROM nodes WHERE EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE nodes_1.id = "
               "nodes.parent_id AND nodes_1.name = ?)",
               "('x',)");
    expect_sql(session.query(col<&Staff::id>).filter(rel<&Staff::up>.any("name"_a = "x")),
               "SELECT staff.id AS staff_id FROM staff WHERE EXISTS (SELECT 1 FROM staff_up AS staff_up_1, staff AS "
               "staff_1 WHERE staff.id = staff_up_1.down_id AND staff_1.id = staff_up_1.up_id AND staff_1.name = ?)",
               "('x',)");
}

TEST_F(RelQuery, any_of_alias_begins_at_the_alias) {
    const auto users = aliased<User>();
    const auto posts = aliased<Post>();
    const auto nodes = aliased<Node>();
    expect_sql(session.query(users[&User::id]).filter(users[&User::addresses].any("email"_a = "x")),
               "SELECT users_1.id AS users_1_id FROM users AS users_1 WHERE EXISTS (SELECT 1 FROM addresses WHERE "
               "users_1.id = addresses.user_id AND addresses.email = ?)",
               "('x',)");
    expect_sql(session.query(posts[&Post::id]).filter(posts[&Post::keywords].any("word"_a = "x")),
               "SELECT posts_1.id AS posts_1_id FROM posts AS posts_1 WHERE EXISTS (SELECT 1 FROM post_keywords AS "
               "post_keywords_1, keywords WHERE posts_1.id = post_keywords_1.post_id AND keywords.id = "
               "post_keywords_1.keyword_id AND keywords.word = ?)",
               "('x',)");
    expect_sql(session.query(nodes[&Node::id]).filter(nodes[&Node::children].any("name"_a = "x")),
               "SELECT nodes_1.id AS nodes_1_id FROM nodes AS nodes_1 WHERE EXISTS (SELECT 1 FROM nodes WHERE "
               "nodes_1.id = nodes.parent_id AND nodes.name = ?)",
               "('x',)");
}

TEST_F(RelQuery, any_of_type_leads_to_the_alias) {
    const auto addresses = aliased<Address>();
    const auto keywords = aliased<Keyword>();
    expect_sql(session.query(col<&User::id>)
                   .filter(rel<&User::addresses>.of_type(addresses).any(addresses[&Address::email] == "x")),
               "SELECT users.id AS users_id FROM users WHERE EXISTS (SELECT 1 FROM addresses AS addresses_1 WHERE "
               "users.id = addresses_1.user_id AND addresses_1.email = ?)",
               "('x',)");
    expect_sql(session.query(col<&Post::id>)
                   .filter(rel<&Post::keywords>.of_type(keywords).any(keywords[&Keyword::word] == "x")),
               "SELECT posts.id AS posts_id FROM posts WHERE EXISTS (SELECT 1 FROM post_keywords AS post_keywords_1, "
               "keywords AS keywords_1 WHERE posts.id = post_keywords_1.post_id AND keywords_1.id = "
               "post_keywords_1.keyword_id AND keywords_1.word = ?)",
               "('x',)");
}

TEST_F(RelQuery, equal_to_object_compares_the_foreign_key) {
    const auto addresses = aliased<Address>();
    expect_sql(session.query(col<&Address::id>).filter(rel<&Address::user> == user),
               "SELECT addresses.id AS addresses_id FROM addresses WHERE ? = addresses.user_id", "(1,)");
    expect_sql(session.query(col<&Address::id>).filter(!(rel<&Address::user> == user)),
               "SELECT addresses.id AS addresses_id FROM addresses WHERE ? != addresses.user_id", "(1,)");
    expect_sql(session.query(addresses[&Address::id]).filter(addresses[&Address::user] == user),
               "SELECT addresses_1.id AS addresses_1_id FROM addresses AS addresses_1 WHERE ? = addresses_1.user_id",
               "(1,)");
    expect_sql(session.query(col<&User::id>).filter(rel<&User::profile> == profile),
               "SELECT users.id AS users_id FROM users WHERE users.id = ?", "(1,)");
    expect_sql(session.query(col<&Ticket::id>).filter(rel<&Ticket::seat> == seat),
               "SELECT tickets.id AS tickets_id FROM tickets WHERE ? = tickets.seat_row AND ? = tickets.seat_place",
               "('A', 7)");
}

TEST_F(RelQuery, unequal_to_object_counts_null) {
    const auto addresses = aliased<Address>();
    expect_sql(
        session.query(col<&Address::id>).filter(rel<&Address::user> != user),
        "SELECT addresses.id AS addresses_id FROM addresses WHERE addresses.user_id != ? OR addresses.user_id IS NULL",
        "(1,)");
    expect_sql(session.query(col<&Address::id>).filter(rel<&Address::user> != user, col<&Address::id> > 1),
               "SELECT addresses.id AS addresses_id FROM addresses WHERE (addresses.user_id != ? OR addresses.user_id "
               "IS NULL) AND addresses.id > ?",
               "(1, 1)");
    expect_sql(session.query(addresses[&Address::id]).filter(addresses[&Address::user] != user),
               "SELECT addresses_1.id AS addresses_1_id FROM addresses AS addresses_1 WHERE addresses_1.user_id != ? "
               "OR addresses_1.user_id IS NULL",
               "(1,)");
    expect_sql(session.query(col<&User::id>).filter(rel<&User::profile> != profile),
               "SELECT users.id AS users_id FROM users WHERE NOT (EXISTS (SELECT 1 FROM profiles WHERE users.id = "
               "profiles.user_id AND profiles.id = ?))",
               "(9,)");
    expect_sql(session.query(col<&Ticket::id>).filter(rel<&Ticket::seat> != seat),
               "SELECT tickets.id AS tickets_id FROM tickets WHERE (tickets.seat_row != ? OR tickets.seat_row IS NULL) "
               "AND (tickets.seat_place != ? OR tickets.seat_place IS NULL)",
               "('A', 7)");
}

TEST_F(RelQuery, compared_with_null_is_null_or_not_exists) {
    expect_sql(session.query(col<&Address::id>).filter(rel<&Address::user> == nullptr),
               "SELECT addresses.id AS addresses_id FROM addresses WHERE addresses.user_id IS NULL", "()");
    expect_sql(session.query(col<&Address::id>).filter(rel<&Address::user> != nullptr),
               "SELECT addresses.id AS addresses_id FROM addresses WHERE addresses.user_id IS NOT NULL", "()");
    expect_sql(session.query(col<&User::id>).filter(rel<&User::profile> == nullptr),
               "SELECT users.id AS users_id FROM users WHERE NOT (EXISTS (SELECT 1 FROM profiles WHERE users.id = "
               "profiles.user_id))",
               "()");
    expect_sql(session.query(col<&User::id>).filter(rel<&User::profile> != nullptr),
               "SELECT users.id AS users_id FROM users WHERE EXISTS (SELECT 1 FROM profiles WHERE users.id = "
               "profiles.user_id)",
               "()");
    expect_sql(session.query(col<&User::id>).filter(rel<&User::addresses> == nullptr),
               "SELECT users.id AS users_id FROM users WHERE NOT (EXISTS (SELECT 1 FROM addresses WHERE users.id = "
               "addresses.user_id))",
               "()");
    expect_sql(session.query(col<&User::id>).filter(rel<&User::addresses> != nullptr),
               "SELECT users.id AS users_id FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = "
               "addresses.user_id)",
               "()");
    expect_sql(
        session.query(col<&Ticket::id>).filter(rel<&Ticket::seat> == nullptr),
        "SELECT tickets.id AS tickets_id FROM tickets WHERE tickets.seat_row IS NULL AND tickets.seat_place IS NULL",
        "()");
    expect_sql(session.query(col<&Ticket::id>).filter(rel<&Ticket::seat> != nullptr),
               "SELECT tickets.id AS tickets_id FROM tickets WHERE NOT (tickets.seat_row IS NULL AND "
               "tickets.seat_place IS NULL)",
               "()");
}

TEST_F(RelQuery, contains_compares_keys) {
    expect_sql(session.query(col<&User::id>).filter(rel<&User::addresses>.contains(address)),
               "SELECT users.id AS users_id FROM users WHERE users.id = ?", "(1,)");
    expect_sql(session.query(col<&User::id>).filter(!rel<&User::addresses>.contains(address)),
               "SELECT users.id AS users_id FROM users WHERE users.id != ?", "(1,)");
    expect_sql(session.query(col<&Post::id>).filter(rel<&Post::keywords>.contains(keyword)),
               "SELECT posts.id AS posts_id FROM posts, post_keywords AS post_keywords_1 WHERE posts.id = "
               "post_keywords_1.post_id AND ? = post_keywords_1.keyword_id",
               "(4,)");
    expect_sql(session.query(col<&Post::id>).filter(!rel<&Post::keywords>.contains(keyword)),
               "SELECT posts.id AS posts_id FROM posts WHERE NOT (EXISTS (SELECT 1 FROM post_keywords, keywords WHERE "
               "posts.id = post_keywords.post_id AND keywords.id = post_keywords.keyword_id AND keywords.id = ?))",
               "(4,)");
    expect_sql(session.query(col<&Staff::id>).filter(rel<&Staff::up>.contains(staff)),
               "SELECT staff.id AS staff_id FROM staff, staff_up AS staff_up_1 WHERE staff.id = staff_up_1.down_id AND "
               "? = staff_up_1.up_id",
               "(6,)");
    expect_sql(session.query(col<&Staff::id>).filter(!rel<&Staff::up>.contains(staff)),
               "SELECT staff.id AS staff_id FROM staff WHERE NOT (EXISTS (SELECT 1 FROM staff_up AS staff_up_1, staff "
               "AS staff_1 WHERE staff.id = staff_up_1.down_id AND staff_1.id = staff_up_1.up_id AND staff_1.id = ?))",
               "(6,)");
}

TEST_F(RelQuery, with_parent_is_the_collection_as_a_query) {
    const auto addresses = aliased<Address>();
    expect_sql(session.query<Address>().with_parent(user, rel<&User::addresses>).with_entities(col<&Address::id>),
               "SELECT addresses.id AS addresses_id FROM addresses WHERE ? = addresses.user_id", "(1,)");
    expect_sql(session.query<Address>().with_parent(user, "addresses"),
               "SELECT addresses.id AS addresses_id, addresses.email AS addresses_email, addresses.user_id AS "
               "addresses_user_id FROM addresses WHERE ? = addresses.user_id",
               "(1,)");
    expect_sql(session.query<Keyword>().with_parent(post, rel<&Post::keywords>),
               "SELECT keywords.id AS keywords_id, keywords.word AS keywords_word FROM keywords, post_keywords AS "
               "post_keywords_1 WHERE ? = post_keywords_1.post_id AND keywords.id = post_keywords_1.keyword_id",
               "(3,)");
    expect_sql(session.query<Node>().with_parent(node, rel<&Node::children>),
               "SELECT nodes.id AS nodes_id, nodes.parent_id AS nodes_parent_id, nodes.name AS nodes_name FROM nodes "
               "WHERE ? = nodes.parent_id",
               "(5,)");
    expect_sql(session.query<User>().with_parent(address, rel<&Address::user>),
               "SELECT users.id AS users_id, users.name AS users_name FROM users WHERE users.id = ?", "(1,)");
}

TEST_F(RelQuery, join_along_relationship_takes_its_condition) {
    const auto addresses = aliased<Address>();
    expect_sql(session.query(col<&User::id>).join(rel<&User::addresses>),
               "SELECT users.id AS users_id FROM users JOIN addresses ON users.id = addresses.user_id", "()");
    expect_sql(session.query(col<&User::id>).join<Address>(rel<&User::addresses>),
               "SELECT users.id AS users_id FROM users JOIN addresses ON users.id = addresses.user_id", "()");
    expect_sql(session.query<User>().join("addresses").with_entities(col<&User::id>),
               "SELECT users.id AS users_id FROM users JOIN addresses ON users.id = addresses.user_id", "()");
    expect_sql(session.query(col<&Post::id>).join(rel<&Post::keywords>),
               "SELECT posts.id AS posts_id FROM posts JOIN post_keywords AS post_keywords_1 ON posts.id = "
               "post_keywords_1.post_id JOIN keywords ON keywords.id = post_keywords_1.keyword_id",
               "()");
    expect_sql(session.query(col<&Post::id>).outerjoin(rel<&Post::keywords>),
               "SELECT posts.id AS posts_id FROM posts LEFT OUTER JOIN (post_keywords AS post_keywords_1 JOIN keywords "
               "ON keywords.id = post_keywords_1.keyword_id) ON posts.id = post_keywords_1.post_id",
               "()");
    expect_sql(session.query(col<&User::id>).join(rel<&User::posts>).join(rel<&Post::keywords>),
               "SELECT users.id AS users_id FROM users JOIN posts ON users.id = posts.user_id JOIN post_keywords AS "
               "post_keywords_1 ON posts.id = post_keywords_1.post_id JOIN keywords ON keywords.id = "
               "post_keywords_1.keyword_id",
               "()");
    expect_sql(
        session.query(col<&User::id>).join(rel<&User::addresses>.and_(col<&Address::email> == "x")),
        "SELECT users.id AS users_id FROM users JOIN addresses ON users.id = addresses.user_id AND addresses.email = ?",
        "('x',)");
    expect_sql(session.query<User, Address>().outerjoin(rel<&User::addresses>),
               "SELECT users.id AS users_id, users.name AS users_name, addresses.id AS addresses_id, addresses.email "
               "AS addresses_email, addresses.user_id AS addresses_user_id FROM users LEFT OUTER JOIN addresses ON "
               "users.id = addresses.user_id",
               "()");
}

TEST_F(RelQuery, join_twice_is_one_join) {
    expect_sql(session.query(col<&User::id>).join(rel<&User::addresses>).join(rel<&User::addresses>),
               "SELECT users.id AS users_id FROM users JOIN addresses ON users.id = addresses.user_id", "()");
}

TEST_F(RelQuery, join_alias_takes_its_columns) {
    const auto nodes = aliased<Node>();
    const auto addresses = aliased<Address>();
    expect_sql(session.query(col<&User::id>).join(addresses, rel<&User::addresses>),
               "SELECT users.id AS users_id FROM users JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id",
               "()");
    expect_sql(session.query(col<&User::id>).join(rel<&User::addresses>.of_type(addresses)),
               "SELECT users.id AS users_id FROM users JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id",
               "()");
    expect_sql(session.query(col<&Node::id>).join(nodes, rel<&Node::children>).filter(nodes[&Node::name] == "x"),
               "SELECT nodes.id AS nodes_id FROM nodes JOIN nodes AS nodes_1 ON nodes.id = nodes_1.parent_id WHERE "
               "nodes_1.name = ?",
               "('x',)");
    expect_sql(session.query(col<&Node::id>).join(nodes, rel<&Node::parent>),
               "SELECT nodes.id AS nodes_id FROM nodes JOIN nodes AS nodes_1 ON nodes_1.id = nodes.parent_id", "()");
    expect_sql(session.query(nodes[&Node::id]).join(nodes[&Node::children]),
               "SELECT nodes_1.id AS nodes_1_id FROM nodes AS nodes_1 JOIN nodes ON nodes_1.id = nodes.parent_id",
               "()");
    expect_sql(session.query(col<&Staff::id>).join(aliased<Staff>(), rel<&Staff::up>),
               "SELECT staff.id AS staff_id FROM staff JOIN staff_up AS staff_up_1 ON staff.id = staff_up_1.down_id "
               "JOIN staff AS staff_1 ON staff_1.id = staff_up_1.up_id",
               "()");
    expect_sql(session.query(col<&User::id>).join(addresses, col<&User::id> == addresses[&Address::user_id]),
               "SELECT users.id AS users_id FROM users JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id",
               "()");
}

TEST_F(RelQuery, join_class_goes_along_the_foreign_key) {
    const auto addresses = aliased<Address>();
    expect_sql(session.query(col<&User::id>).join<Address>(),
               "SELECT users.id AS users_id FROM users JOIN addresses ON users.id = addresses.user_id", "()");
    expect_sql(session.query(col<&User::id>).join<Address>(col<&User::id> == col<&Address::user_id>),
               "SELECT users.id AS users_id FROM users JOIN addresses ON users.id = addresses.user_id", "()");
    expect_sql(session.query(col<&User::id>).join(addresses),
               "SELECT users.id AS users_id FROM users JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id",
               "()");
    expect_sql(session.query(col<&Post::id>).join(post_keywords),
               "SELECT posts.id AS posts_id FROM posts JOIN post_keywords ON posts.id = post_keywords.post_id", "()");
    expect_sql(session.query(col<&User::id>).full_join<Address>(col<&User::id> == col<&Address::user_id>),
               "SELECT users.id AS users_id FROM users FULL OUTER JOIN addresses ON users.id = addresses.user_id",
               "()");
}

TEST_F(RelQuery, select_from_says_where_joins_begin) {
    expect_sql(session.query(col<&Address::id>).select_from(entity<User>).join(rel<&User::addresses>),
               "SELECT addresses.id AS addresses_id FROM users JOIN addresses ON users.id = addresses.user_id", "()");
    expect_sql(session.query(col<&Address::id>).select_from(entity<User>).join<Address>(),
               "SELECT addresses.id AS addresses_id FROM users JOIN addresses ON users.id = addresses.user_id", "()");
    expect_sql(session.query(func::count()).select_from(entity<User>), "SELECT count(*) AS count_1 FROM users", "()");
}

TEST_F(RelQuery, other_columns_keep_the_rows) {
    expect_sql(session.query<User>().join(rel<&User::addresses>).with_entities(col<&Address::id>),
               "SELECT addresses.id AS addresses_id FROM users JOIN addresses ON users.id = addresses.user_id", "()");
    expect_sql(session.query(col<&User::id>).add_columns(col<&User::name>),
               "SELECT users.id AS users_id, users.name AS users_name FROM users", "()");
}

TEST_F(RelQuery, subquery_is_a_from_element) {
    const auto number = func::count("*").label("n");
    const auto counts = session.query(col<&Address::user_id>, number).group_by(col<&Address::user_id>).subquery();
    const auto some = aliased<Address>(session.query<Address>().filter(col<&Address::email> != "j").subquery());
    const auto of_user = session.query(col<&Address::id>).filter(rel<&Address::user> == user).subquery();
    expect_sql(
        session.query(col<&User::id>, counts.c(number))
            .outerjoin(counts, col<&User::id> == counts.c(col<&Address::user_id>)),
        "SELECT users.id AS users_id, anon_1.n AS anon_1_n FROM users LEFT OUTER JOIN (SELECT addresses.user_id AS "
        "user_id, count(?) AS n FROM addresses GROUP BY addresses.user_id) AS anon_1 ON users.id = anon_1.user_id",
        "('*',)");
    expect_sql(session.query(col<&User::id>, some).join(some, rel<&User::addresses>),
               "SELECT users.id AS users_id, anon_1.id AS anon_1_id, anon_1.email AS anon_1_email, anon_1.user_id AS "
               "anon_1_user_id FROM users JOIN (SELECT addresses.id AS id, addresses.email AS email, addresses.user_id "
               "AS user_id FROM addresses WHERE addresses.email != ?) AS anon_1 ON users.id = anon_1.user_id",
               "('j',)");
    expect_sql(session.query(some).filter(some[&Address::email] == "x"),
               "SELECT anon_1.id AS anon_1_id, anon_1.email AS anon_1_email, anon_1.user_id AS anon_1_user_id FROM "
               "(SELECT addresses.id AS id, addresses.email AS email, addresses.user_id AS user_id FROM addresses "
               "WHERE addresses.email != ?) AS anon_1 WHERE anon_1.email = ?",
               "('j', 'x')");
    expect_sql(session.query(of_user.c(col<&Address::id>)),
               "SELECT anon_1.id AS anon_1_id FROM (SELECT addresses.id AS id FROM addresses WHERE ? = "
               "addresses.user_id) AS anon_1",
               "(1,)");
}

TEST_F(RelQuery, scalar_subquery_correlates) {
    expect_sql(session.query(col<&User::id>, session.query(func::count(col<&Address::id>))
                                                 .filter(col<&Address::user_id> == col<&User::id>)
                                                 .correlate(entity<User>)
                                                 .label("n")),
               "SELECT users.id AS users_id, (SELECT count(addresses.id) AS count_1 FROM addresses WHERE "
               "addresses.user_id = users.id) AS n FROM users",
               "()");
    expect_sql(session.query(col<&User::id>)
                   .filter(col<&User::id> == session.query(func::max(col<&Address::user_id>))
                                                 .filter(col<&Address::user_id> == col<&User::id>)
                                                 .scalar_subquery()),
               "SELECT users.id AS users_id FROM users WHERE users.id = (SELECT max(addresses.user_id) AS max_1 FROM "
               "addresses WHERE addresses.user_id = users.id)",
               "()");
    expect_sql(session.query(col<&User::id>)
                   .filter(session.query<Address>().filter(col<&Address::user_id> == col<&User::id>).exists()),
               "SELECT users.id AS users_id FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE addresses.user_id = "
               "users.id)",
               "()");
}

TEST_F(RelQuery, filter_by_class_is_about_what_was_joined) {
    expect_sql(session.query(col<&User::id>).join<Address>().filter_by<Address>("email"_a = "x"),
               "SELECT users.id AS users_id FROM users JOIN addresses ON users.id = addresses.user_id WHERE "
               "addresses.email = ?",
               "('x',)");
}

}  // namespace

}  // namespace aludel::test::related
