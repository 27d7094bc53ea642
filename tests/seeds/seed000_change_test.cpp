// Notes, part 3: update, delete, flush, errors.
#include "seed000.hpp"

using namespace aludel;

namespace notes {
namespace {

const std::string select_post = select_posts + " WHERE post.id = ?";

TEST_F(Seed000Rows, S0_049_changed_attribute_is_updated_alone) {
    const auto third = posts().get(3);
    EXPECT_EQ(log(), begin_and(select_post, "(3,)"));
    third->title = "t3x";
    session.commit();
    EXPECT_EQ(log(), (Lines{"UPDATE post SET title=? WHERE post.id = ?", "    ('t3x', 3)", "COMMIT"}));
}

TEST_F(Seed000Rows, S0_049_criteria_update_has_the_same_text_and_says_how_many_rows) {
    EXPECT_EQ(posts().filter_by("id"_a = 3).update(col<&Post::title> = "t3y"), 1);
    EXPECT_EQ(log(), begin_and("UPDATE post SET title=? WHERE post.id = ?", "('t3y', 3)"));
    EXPECT_EQ(posts().filter(col<&Post::id> > 99).update(col<&Post::title> = "none"), 0);
}

TEST_F(Seed000Rows, S0_049_deleted_object_is_reloaded_if_expired_then_deleted) {
    const auto third = posts().get(3);
    session.commit();
    log();
    session.delete_(third);
    session.commit();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", select_post, "    (3,)", "DELETE FROM post WHERE post.id = ?",
                            "    (3,)", "COMMIT"}));
    EXPECT_EQ(titles(posts().all()), (Lines{"t1", "t2"}));
}

TEST_F(Seed000Rows, S0_049_criteria_delete_has_the_same_text_and_says_how_many_rows) {
    EXPECT_EQ(posts().filter(col<&Post::id> == 2).delete_(), 1);
    session.commit();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "DELETE FROM post WHERE post.id = ?", "    (2,)", "COMMIT"}));
}

TEST_F(Seed000Rows, S0_050_without_autoflush_a_pending_object_is_not_found_before_flush) {
    const auto count = "SELECT count(*) AS count_1 FROM (" + select_posts + " WHERE post.title = ?) AS anon_1";
    session.add(Post{.author_id = 1, .title = "t9", .body = "b9"});
    EXPECT_EQ(posts().filter_by("title"_a = "t9").count(), 0);
    EXPECT_EQ(log(), begin_and(count, "('t9',)"));
    session.flush();
    EXPECT_EQ(log(), only(insert_post, "(1, 't9', 'b9')"));
    EXPECT_EQ(posts().filter_by("title"_a = "t9").count(), 1);
    EXPECT_EQ(log(), only(count, "('t9',)"));
    session.rollback();
    EXPECT_EQ(log(), Lines{"ROLLBACK"});
}

/// The session after a flush that failed: rolled back, and unusable before `rollback()`.
void expect_needs_rollback(Session& session) {
    EXPECT_THROW(session.query<User>().count(), PendingRollbackError);
    session.rollback();
    EXPECT_EQ(session.query<User>().count(), 3);
}

TEST_F(Seed000Rows, S0_051_null_as_sql_in_a_not_null_column) {
    session.add(Post{.author_id = null(), .title = "x", .body = "y"});
    try {
        session.commit();
        FAIL() << "a post without author was inserted";
    } catch (const IntegrityError& error) {
        EXPECT_NE(error.message().find("NOT NULL constraint failed: post.author_id"), std::string::npos)
            << error.message();
    }
    EXPECT_EQ(
        log(),
        (Lines{"BEGIN (implicit)",
               "INSERT INTO post (author_id, created, latest_update, title, body) VALUES (NULL, CURRENT_TIMESTAMP, "
               "CURRENT_TIMESTAMP, ?, ?)",
               "    ('x', 'y')", "ROLLBACK"}));
    expect_needs_rollback(session);
}

TEST_F(Seed000Rows, S0_051_attribute_that_was_not_given_is_null) {
    session.add(Post{.title = "x", .body = "y"});
    EXPECT_THROW(session.commit(), IntegrityError);
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", insert_post, "    (None, 'x', 'y')", "ROLLBACK"}));
    expect_needs_rollback(session);
}

TEST_F(Seed000Rows, S0_051_value_twice_in_a_unique_column) {
    session.add(User{.name = "ed", .password = "dup"});
    try {
        session.commit();
        FAIL() << "two users of one name were inserted";
    } catch (const IntegrityError& error) {
        EXPECT_NE(error.message().find("UNIQUE constraint failed: user.name"), std::string::npos) << error.message();
    }
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", insert_user, "    ('ed', 'dup', 0)", "ROLLBACK"}));
    expect_needs_rollback(session);
}

}  // namespace
}  // namespace notes
