// Notes, part 3: add and query.
#include "seed000.hpp"

#include <aludel/sql/compile/to_string.hpp>

#include <sstream>

using namespace aludel;

namespace notes {
namespace {

/// The message of the error that `act` ends with.
template <class Expected, class Act>
std::string message_of(const Act& act) {
    try {
        act();
    } catch (const Expected& error) {
        return error.message();
    }
    return "(no error of this class)";
}

TEST_F(Seed000Rows, S0_026_add_makes_one_object_pending_without_sql) {
    const auto p1 = session.add(Post{.author_id = 1, .title = "t4", .body = "b4"});
    EXPECT_EQ(object_state(p1), ObjectState::pending);
    EXPECT_TRUE(session.new_().contains(p1));
    EXPECT_EQ(log(), Lines{});
}

TEST_F(Seed000Rows, S0_027_add_all_makes_several_objects_pending_without_sql) {
    const auto p2 = make(Post{.author_id = 1, .title = "t5", .body = "b5"});
    session.add_all(p2, Post{.author_id = 1, .title = "t6", .body = "b6"});
    EXPECT_EQ(session.new_().size(), 2u);
    EXPECT_EQ(object_state(p2), ObjectState::pending);
    EXPECT_EQ(log(), Lines{});
}

TEST_F(Seed000Rows, S0_028_commit_inserts_row_by_row_and_reads_each_key_back) {
    const auto p1 = session.add(Post{.author_id = 1, .title = "t4", .body = "b4"});
    session.add_all(Post{.author_id = 1, .title = "t5", .body = "b5"},
                    Post{.author_id = 2, .title = "t6", .body = "b6"});
    session.commit();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", insert_post, "    (1, 't4', 'b4')", insert_post, "    (1, 't5', 'b5')",
                            insert_post, "    (2, 't6', 'b6')", "COMMIT"}));
    EXPECT_EQ(*p1->id, 4);
}

TEST_F(Seed000, S0_029_parents_are_inserted_with_the_default_of_the_program) {
    Base::metadata().create_all(engine);
    Session session{engine};
    log();
    session.add(User{.name = "ed", .password = "pw1"});
    session.commit();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", insert_user, "    ('ed', 'pw1', 0)", "COMMIT"}));
}

TEST_F(Seed000Rows, S0_030_filter_by_compares_for_equality_and_filter_with_every_operator) {
    posts().filter_by("id"_a = 1).all();
    EXPECT_EQ(log(), begin_and(select_posts + " WHERE post.id = ?", "(1,)"));
    EXPECT_EQ(titles(posts().filter(col<&Post::id> > 2).all()), Lines{"t3"});
    EXPECT_EQ(log(), only(select_posts + " WHERE post.id > ?", "(2,)"));
    EXPECT_EQ(titles(posts().filter(col<&Post::id> <= 2).all()), (Lines{"t1", "t2"}));
    EXPECT_EQ(log(), only(select_posts + " WHERE post.id <= ?", "(2,)"));
    EXPECT_EQ(titles(posts().filter(col<&Post::id> == 3).all()), Lines{"t3"});
    EXPECT_EQ(log(), only(select_posts + " WHERE post.id = ?", "(3,)"));
}

TEST_F(Seed000Rows, S0_031_all) {
    EXPECT_EQ(titles(posts().all()), (Lines{"t1", "t2", "t3"}));
    EXPECT_EQ(log(), begin_and(select_posts, "()"));
}

TEST_F(Seed000Rows, S0_032_one_emits_no_limit_and_wants_exactly_one_row) {
    EXPECT_EQ(message_of<MultipleResultsFound>([&] { posts().one(); }),
              "Multiple rows were found when exactly one was required");
    EXPECT_EQ(log(), begin_and(select_posts, "()"));
    EXPECT_EQ(message_of<NoResultFound>([&] { posts().filter(col<&Post::id> == 99).one(); }),
              "No row was found when one was required");
    EXPECT_EQ(log(), only(select_posts + " WHERE post.id = ?", "(99,)"));
}

TEST_F(Seed000Rows, S0_033_one_or_none_is_a_null_handle_for_no_row) {
    EXPECT_FALSE(posts().filter(col<&Post::id> == 99).one_or_none());
    EXPECT_EQ(log(), begin_and(select_posts + " WHERE post.id = ?", "(99,)"));
    EXPECT_EQ(message_of<MultipleResultsFound>([&] { posts().one_or_none(); }),
              "Multiple rows were found when one or none was required");
    EXPECT_EQ(log(), only(select_posts, "()"));
}

TEST_F(Seed000Rows, S0_034_filter_then_all_one_or_one_or_none) {
    const auto second = posts().filter(col<&Post::id> == 2);
    const auto statement = select_posts + " WHERE post.id = ?";
    const auto all = second.all();
    EXPECT_EQ(log(), begin_and(statement, "(2,)"));
    ASSERT_EQ(all.size(), 1u);
    EXPECT_TRUE(second.one() == all.front());  // a row is one object
    EXPECT_EQ(log(), only(statement, "(2,)"));
    EXPECT_TRUE(second.one_or_none() == all.front());
    EXPECT_EQ(log(), only(statement, "(2,)"));
}

TEST_F(Seed000Rows, S0_035_order_by_descending) {
    posts().order_by(col<&Post::created>.desc()).all();
    EXPECT_EQ(log(), begin_and(select_posts + " ORDER BY post.created DESC", "()"));
    EXPECT_EQ(titles(posts().order_by(col<&Post::id>.desc()).all()), (Lines{"t3", "t2", "t1"}));
}

TEST_F(Seed000Rows, S0_036_equal) {
    EXPECT_EQ(names(users().filter(col<&User::name> == "ed").all()), Lines{"ed"});
    EXPECT_EQ(log(), begin_and(select_users + " WHERE user.name = ?", "('ed',)"));
}

TEST_F(Seed000Rows, S0_037_empty_string_is_a_value) {
    EXPECT_TRUE(users().filter_by("name"_a = "").all().empty());
    EXPECT_EQ(log(), begin_and(select_users + " WHERE user.name = ?", "('',)"));
}

TEST_F(Seed000Rows, S0_038_not_equal) {
    EXPECT_EQ(names(users().filter(col<&User::name> != "ed").all()), (Lines{"wendy", "jack"}));
    EXPECT_EQ(log(), begin_and(select_users + " WHERE user.name != ?", "('ed',)"));
}

TEST_F(Seed000Rows, S0_039_like) {
    EXPECT_EQ(names(users().filter(col<&User::name>.like("%ed%")).all()), Lines{"ed"});
    EXPECT_EQ(log(), begin_and(select_users + " WHERE user.name LIKE ?", "('%ed%',)"));
}

TEST_F(Seed000Rows, S0_040_in) {
    EXPECT_EQ(users().filter(col<&User::name>.in_({"ed", "wendy", "jack"})).all().size(), 3u);
    EXPECT_EQ(log(), begin_and(select_users + " WHERE user.name IN (?, ?, ?)", "('ed', 'wendy', 'jack')"));
}

TEST_F(Seed000Rows, S0_041_not_in_has_parentheses) {
    EXPECT_TRUE(users().filter(!col<&User::name>.in_({"ed", "wendy", "jack"})).all().empty());
    EXPECT_EQ(log(), begin_and(select_users + " WHERE (user.name NOT IN (?, ?, ?))", "('ed', 'wendy', 'jack')"));
}

TEST_F(Seed000Rows, S0_042_printed_query_shows_where_the_list_goes) {
    std::ostringstream out;
    out << users().filter(!col<&User::name>.in_({"ed", "wendy", "jack"}));
    EXPECT_EQ(test::folded(out.str()), select_users + " WHERE (user.name NOT IN (__[POSTCOMPILE_name_1]))");
    EXPECT_EQ(log(), Lines{});
}

const std::string where_both = select_users + " WHERE user.name = ? AND user.password = ?";

TEST_F(Seed000Rows, S0_043_and) {
    EXPECT_EQ(names(users().filter(and_(col<&User::name> == "ed", col<&User::password> == "pw1")).all()), Lines{"ed"});
    EXPECT_EQ(log(), begin_and(where_both, "('ed', 'pw1')"));
    EXPECT_EQ(names(users().filter(col<&User::name> == "ed" && col<&User::password> == "pw1").all()), Lines{"ed"});
    EXPECT_EQ(log(), only(where_both, "('ed', 'pw1')"));
}

TEST_F(Seed000Rows, S0_044_several_arguments_of_filter_are_joined_by_and) {
    EXPECT_EQ(names(users().filter(col<&User::name> == "ed", col<&User::password> == "pw1").all()), Lines{"ed"});
    EXPECT_EQ(log(), begin_and(where_both, "('ed', 'pw1')"));
}

TEST_F(Seed000Rows, S0_045_chained_filters_are_the_same_statement_and_the_same_cache_entry) {
    users().filter(col<&User::name> == "ed", col<&User::password> == "pw1").all();
    EXPECT_EQ(log_.cache().back(), CacheStatus::generated);
    log();
    const auto chained = users().filter(col<&User::name> == "ed").filter(col<&User::password> == "pw1");
    EXPECT_EQ(names(chained.all()), Lines{"ed"});
    EXPECT_EQ(log_.cache(), std::vector{CacheStatus::cached});
    EXPECT_EQ(log(), only(where_both, "('ed', 'pw1')"));

    users().filter_by("name"_a = "ed").filter_by("password"_a = "pw1").all();
    EXPECT_EQ(log_.cache(), std::vector{CacheStatus::cached});
    EXPECT_EQ(log(), only(where_both, "('ed', 'pw1')"));
}

const std::string where_either = select_users + " WHERE user.name = ? OR user.name = ?";

TEST_F(Seed000Rows, S0_046_or) {
    EXPECT_EQ(names(users().filter(or_(col<&User::name> == "ed", col<&User::name> == "wendy")).all()),
              (Lines{"ed", "wendy"}));
    EXPECT_EQ(log(), begin_and(where_either, "('ed', 'wendy')"));
}

TEST_F(Seed000Rows, S0_047_the_operator_keeps_both_sides) {
    EXPECT_EQ(names(users().filter(col<&User::name> == "ed" || col<&User::name> == "wendy").all()),
              (Lines{"ed", "wendy"}));
    EXPECT_EQ(log(), begin_and(where_either, "('ed', 'wendy')"));
}

TEST_F(Seed000Rows, S0_048_match_is_each_database_own_full_text_search) {
    const auto matching = users().filter(col<&User::name>.match("wendy"));
    const auto message = message_of<OperationalError>([&] { matching.all(); });
    EXPECT_NE(message.find("unable to use function MATCH in the requested context"), std::string::npos) << message;
    EXPECT_EQ(log(), begin_and(select_users + " WHERE user.name MATCH ?", "('wendy',)"));

    const auto match = col<&User::name>.match("wendy");
    EXPECT_EQ(to_string(match, dialects::mysql()), "MATCH (user.name) AGAINST (? IN BOOLEAN MODE)");
    EXPECT_EQ(to_string(match, dialects::postgresql()), "\"user\".name @@ to_tsquery($1)");
}

}  // namespace
}  // namespace notes
