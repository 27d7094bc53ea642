// Columns that are left out: deferred, defer, undefer, load_only.
#include "orm/loading_models.hpp"

namespace aludel::test::loading {

struct Report {
    static constexpr auto table_name = "reports";

    Mapped<int, primary_key> id;
    Mapped<std::string> title;
    Mapped<std::optional<std::string>, deferred_group("texts")> head;
    Mapped<std::optional<std::string>, deferred_group("texts")> body;
    Mapped<std::optional<int>, server_default(raw_sql("7"))> seven;
    Mapped<std::optional<int>, server_default(raw_sql("8"))> eight;
};
using Reports = Registry<Report>;

namespace {

using ColumnLoadTest = LoadingTest;

TEST_F(ColumnLoadTest, deferred_column_is_read_alone) {
    const auto user = session.get<U>(1);
    EXPECT_EQ(emitted(), Lines{select_u + " WHERE u.id = ?"});
    EXPECT_EQ(user->bio, "bio");
    EXPECT_EQ(emitted(), Lines{"SELECT u.bio AS u_bio FROM u WHERE u.id = ?"});
    EXPECT_EQ(user->bio, "bio");
    EXPECT_EQ(emitted(), Lines{});
    session.expire(user);
    EXPECT_EQ(user->name, "u1");
    EXPECT_EQ(emitted(), Lines{select_u + " WHERE u.id = ?"});
    session.refresh(user);
    EXPECT_EQ(emitted(), Lines{"SELECT u.id, u.name FROM u WHERE u.id = ?"});
    session.expire(user);
    EXPECT_EQ(user->bio, "bio");
    EXPECT_EQ(emitted(), Lines{"SELECT u.bio AS u_bio FROM u WHERE u.id = ?"});
    EXPECT_EQ(user->name, "u1");
    EXPECT_EQ(emitted(), Lines{select_u + " WHERE u.id = ?"});
}

TEST_F(ColumnLoadTest, undefer_puts_the_column_first) {
    const auto users = session.query<U>().options(undefer(col<&U::bio>)).all();
    EXPECT_EQ(emitted(), Lines{"SELECT u.bio AS u_bio, " + u_columns + " FROM u"});
    EXPECT_EQ(users[0]->bio, "bio");
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_EQ(text(session.query<U>().options(undefer("*"))), "SELECT u.bio AS u_bio, " + u_columns + " FROM u");
    EXPECT_EQ(
        text(session.query<D>().options(joinedload(rel<&D::u>).undefer(col<&U::bio>))),
        "SELECT " + d_columns +
            ", u_1.bio AS u_1_bio, u_1.id AS u_1_id, u_1.name AS u_1_name FROM d LEFT OUTER JOIN u AS u_1 ON u_1.id = "
            "d.u_id");
}

TEST_F(ColumnLoadTest, load_only_and_defer_leave_columns_out) {
    const auto addresses = session.query<D>().options(load_only(col<&D::z>)).order_by(col<&D::id>).all();
    EXPECT_EQ(emitted(), Lines{"SELECT d.id AS d_id, d.z AS d_z FROM d ORDER BY d.id"});
    EXPECT_EQ(addresses[0]->z, "10");
    EXPECT_EQ(addresses[0]->u_id, 1);
    EXPECT_EQ(emitted(), Lines{"SELECT d.u_id AS d_u_id FROM d WHERE d.id = ?"});
    restart();
    const auto others = session.query<D>().options(defer(col<&D::z>), defer(col<&D::u_id>)).order_by(col<&D::id>).all();
    EXPECT_EQ(emitted(), Lines{"SELECT d.id AS d_id FROM d ORDER BY d.id"});
    EXPECT_EQ(others[5]->z, "31");
    EXPECT_EQ(emitted(), Lines{"SELECT d.z AS d_z FROM d WHERE d.id = ?"});
    EXPECT_EQ(others[5]->u_id, 3);
    EXPECT_EQ(emitted(), Lines{"SELECT d.u_id AS d_u_id FROM d WHERE d.id = ?"});
}

TEST_F(ColumnLoadTest, column_left_out_by_one_query_comes_with_the_next) {
    const auto user = session.query<U>().options(defer(col<&U::name>)).filter(col<&U::id> == 1).one();
    (void)session.query<U>().filter(col<&U::id> == 1).one();
    (void)emitted();
    EXPECT_EQ(user->name, "u1");
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(ColumnLoadTest, expired_object_reads_everything_again) {
    const auto user = session.query<D>().options(defer(col<&D::z>)).filter(col<&D::id> == 1).one();
    session.expire(user);
    (void)emitted();
    EXPECT_EQ(user->z, "10");
    EXPECT_EQ(emitted(), Lines{select_d + " WHERE d.id = ?"});
}

TEST_F(ColumnLoadTest, deferred_column_can_be_written_without_reading) {
    const auto user = session.get<U>(1);
    user->bio = "other";
    session.flush();
    EXPECT_EQ(emitted()[1], "UPDATE u SET bio=? WHERE u.id = ?");
    session.rollback();
    EXPECT_EQ(user->bio, "bio");
}

TEST_F(ColumnLoadTest, path_options_reach_joined_columns) {
    EXPECT_EQ(text(session.query<U>().options(joinedload(rel<&U::ads>).load_only(col<&D::z>))),
              "SELECT " + u_columns +
                  ", d_1.id AS d_1_id, d_1.z AS d_1_z FROM u LEFT OUTER JOIN d AS d_1 ON u.id = "
                  "d_1.u_id ORDER BY d_1.id");
    EXPECT_EQ(
        text(session.query<D>().options(load_only(col<&D::z>), joinedload(rel<&D::u>))),
        "SELECT d.id AS d_id, d.z AS d_z, d.u_id AS d_u_id, u_1.id AS u_1_id, u_1.name AS u_1_name FROM d LEFT OUTER "
        "JOIN u AS u_1 ON u_1.id = d.u_id");
    const auto users = session.query<U>().options(selectinload(rel<&U::ads>).load_only(col<&D::z>)).all();
    EXPECT_EQ(emitted()[1], selectin_ads + "(?, ?, ?) ORDER BY d.id");
    EXPECT_EQ(users[0]->ads[0]->u, users[0]);
}

TEST_F(ColumnLoadTest, lazy_load_reads_a_foreign_key_that_was_left_out) {
    const auto address = session.query<D>().options(load_only(col<&D::z>)).filter(col<&D::id> == 1).one();
    (void)emitted();
    EXPECT_EQ(address->u->name, "u1");
    EXPECT_EQ(emitted(), (Lines{"SELECT d.u_id AS d_u_id FROM d WHERE d.id = ?", select_u + " WHERE u.id = ?"}));
}

TEST_F(ColumnLoadTest, group_is_read_together) {
    Reports::metadata().create_all(engine);
    session.add(Report{.title = "t", .head = "h", .body = "b"});
    session.commit();
    restart();
    const auto report = session.query<Report>().one();
    EXPECT_EQ(emitted(), Lines{"SELECT reports.id AS reports_id, reports.title AS reports_title, reports.seven AS "
                               "reports_seven, reports.eight AS reports_eight FROM reports"});
    EXPECT_EQ(report->body, "b");
    EXPECT_EQ(report->head, "h");
    EXPECT_EQ(emitted(), Lines{"SELECT reports.head AS reports_head, reports.body AS reports_body FROM reports WHERE "
                               "reports.id = ?"});
    EXPECT_EQ(
        text(session.query<Report>().options(undefer_group("texts"))),
        "SELECT reports.head AS reports_head, reports.body AS reports_body, reports.id AS reports_id, reports.title AS "
        "reports_title, reports.seven AS reports_seven, reports.eight AS reports_eight FROM reports");
    // What the server computes is no deferred column: it is read at once.
    const auto other = session.add(Report{.title = "u"});
    session.flush();
    (void)emitted();
    EXPECT_EQ(other->seven, 7);
    EXPECT_EQ(other->eight, 8);
    EXPECT_EQ(emitted(),
              Lines{"SELECT reports.seven AS reports_seven, reports.eight AS reports_eight FROM reports WHERE "
                    "reports.id = ?"});
}

TEST_F(ColumnLoadTest, count_and_subqueries_have_all_columns) {
    EXPECT_EQ(session.query<U>().count(), 3);
    EXPECT_EQ(
        emitted()[0],
        "SELECT count(*) AS count_1 FROM (SELECT u.bio AS u_bio, u.id AS u_id, u.name AS u_name FROM u) AS anon_1");
}

TEST_F(ColumnLoadTest, column_of_another_class_is_an_error) {
    EXPECT_THROW((void)session.query<U>().options(load_only(col<&D::z>)).all(), ArgumentError);
    EXPECT_THROW((void)session.query<U>().options(joinedload(rel<&U::ads>).load_only(col<&U::name>)).all(),
                 ArgumentError);
}

}  // namespace
}  // namespace aludel::test::loading
