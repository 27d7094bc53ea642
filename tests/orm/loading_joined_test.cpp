// Joined eager loading, and eager loading from the user's own joins. The texts are SQLAlchemy 1.4's.
#include "orm/loading_models.hpp"

namespace aludel::test::loading {
namespace {

using JoinedLoadTest = LoadingTest;

TEST_F(JoinedLoadTest, collection_is_an_outer_join_of_an_alias) {
    const auto users = session.query<U>().options(joinedload(rel<&U::ads>)).all();
    EXPECT_EQ(emitted(), Lines{"SELECT " + u_columns + ", " + d_1_columns +
                               " FROM u LEFT OUTER JOIN d AS d_1 ON u.id = d_1.u_id ORDER BY d_1.id"});
    ASSERT_EQ(users.size(), 3U);
    EXPECT_EQ(users[1]->ads.size(), 2U);
    EXPECT_EQ(users[1]->ads[0]->z, "20");
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(JoinedLoadTest, innerjoin_leaves_out_outer) {
    const std::string sql =
        "SELECT d.id AS d_id, d.u_id AS d_u_id, d.z AS d_z, u_1.id AS u_1_id, u_1.name AS u_1_name "
        "FROM d JOIN u AS u_1 ON u_1.id = d.u_id";
    EXPECT_EQ(text(session.query<D>().options(joinedload(rel<&D::u>, innerjoin))), sql);
    EXPECT_EQ(text(session.query<D>().options(joinedload(rel<&D::u>).innerjoin())), sql);
}

TEST_F(JoinedLoadTest, many_to_many_keeps_the_association_inside) {
    EXPECT_EQ(text(session.query<A>().options(joinedload(rel<&A::bs>))),
              "SELECT a.id AS a_id, a.x AS a_x, b_1.id AS b_1_id, b_1.c_id AS b_1_c_id FROM a LEFT OUTER JOIN (ab AS "
              "ab_1 JOIN b AS b_1 ON b_1.id = ab_1.b_id) ON a.id = ab_1.a_id ORDER BY b_1.id");
    EXPECT_EQ(
        text(session.query<A>().options(joinedload(rel<&A::bs>, innerjoin))),
        "SELECT a.id AS a_id, a.x AS a_x, b_1.id AS b_1_id, b_1.c_id AS b_1_c_id FROM a JOIN ab AS ab_1 ON a.id = "
        "ab_1.a_id JOIN b AS b_1 ON b_1.id = ab_1.b_id ORDER BY b_1.id");
    const auto all = session.query<A>().options(joinedload(rel<&A::bs>).joinedload(rel<&B::c>)).all();
    EXPECT_EQ(emitted(),
              Lines{"SELECT a.id AS a_id, a.x AS a_x, c_1.id AS c_1_id, c_1.y AS c_1_y, b_1.id AS b_1_id, b_1.c_id AS "
                    "b_1_c_id FROM a LEFT OUTER JOIN (ab AS ab_1 JOIN b AS b_1 ON b_1.id = ab_1.b_id) ON a.id = "
                    "ab_1.a_id LEFT OUTER JOIN c AS c_1 ON c_1.id = b_1.c_id ORDER BY b_1.id"});
    EXPECT_EQ(all[2]->bs[0]->c->y, "c");
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(JoinedLoadTest, inner_join_behind_an_outer_one_goes_inside) {
    EXPECT_EQ(
        text(session.query<A>().options(joinedload(rel<&A::bs>).joinedload(rel<&B::c>, innerjoin))),
        "SELECT a.id AS a_id, a.x AS a_x, c_1.id AS c_1_id, c_1.y AS c_1_y, b_1.id AS b_1_id, b_1.c_id AS b_1_c_id "
        "FROM a LEFT OUTER JOIN (ab AS ab_1 JOIN b AS b_1 ON b_1.id = ab_1.b_id JOIN c AS c_1 ON c_1.id = "
        "b_1.c_id) ON a.id = ab_1.a_id ORDER BY b_1.id");
    const std::string columns = "SELECT " + u_columns + ", " + e_1_columns + ", " + d_1_columns;
    EXPECT_EQ(text(session.query<U>().options(joinedload(rel<&U::ads>).joinedload(rel<&D::es>, innerjoin))),
              columns +
                  " FROM u LEFT OUTER JOIN (d AS d_1 JOIN e AS e_1 ON d_1.id = e_1.d_id) ON u.id = d_1.u_id ORDER "
                  "BY d_1.id");
    EXPECT_EQ(text(session.query<U>().options(joinedload(rel<&U::ads>, innerjoin).joinedload(rel<&D::es>, innerjoin))),
              columns + " FROM u JOIN d AS d_1 ON u.id = d_1.u_id JOIN e AS e_1 ON d_1.id = e_1.d_id ORDER BY d_1.id");
    EXPECT_EQ(text(session.query<U>().options(
                  joinedload(rel<&U::ads>).joinedload(rel<&D::es>, innerjoin).joinedload(rel<&E::fs>, innerjoin))),
              "SELECT " + u_columns + ", f_1.id AS f_1_id, f_1.e_id AS f_1_e_id, " + e_1_columns + ", " + d_1_columns +
                  " FROM u LEFT OUTER JOIN (d AS d_1 JOIN e AS e_1 ON d_1.id = e_1.d_id JOIN f AS f_1 ON e_1.id = "
                  "f_1.e_id) ON u.id = d_1.u_id ORDER BY d_1.id");
}

TEST_F(JoinedLoadTest, limit_wraps_a_query_with_a_collection) {
    EXPECT_EQ(
        text(session.query<A>().options(joinedload(rel<&A::bs>)).limit(2)),
        "SELECT anon_1.a_id AS anon_1_a_id, anon_1.a_x AS anon_1_a_x, b_1.id AS b_1_id, b_1.c_id AS b_1_c_id FROM "
        "(SELECT a.id AS a_id, a.x AS a_x FROM a LIMIT ? OFFSET ?) AS anon_1 LEFT OUTER JOIN (ab AS ab_1 JOIN b AS "
        "b_1 ON b_1.id = ab_1.b_id) ON anon_1.a_id = ab_1.a_id ORDER BY b_1.id");
    EXPECT_EQ(
        text(session.query<A>()
                 .options(joinedload(rel<&A::bs>))
                 .order_by(func::lower(col<&A::x>).desc(), col<&A::id> + 1)
                 .limit(2)),
        "SELECT anon_1.a_id AS anon_1_a_id, anon_1.a_x AS anon_1_a_x, anon_1.lower_1 AS anon_1_lower_1, "
        "anon_1.anon_2 AS anon_1_anon_2, b_1.id AS b_1_id, b_1.c_id AS b_1_c_id FROM (SELECT a.id AS a_id, a.x AS "
        "a_x, lower(a.x) AS lower_1, a.id + ? AS anon_2 FROM a ORDER BY lower(a.x) DESC, a.id + ? LIMIT ? OFFSET ?) "
        "AS anon_1 LEFT OUTER JOIN (ab AS ab_1 JOIN b AS b_1 ON b_1.id = ab_1.b_id) ON anon_1.a_id = ab_1.a_id "
        "ORDER BY anon_1.lower_1 DESC, anon_1.anon_2, b_1.id");
    const std::string wrapped_columns =
        "SELECT anon_1.u_id AS anon_1_u_id, anon_1.u_name AS anon_1_u_name, " + d_1_columns + " FROM (SELECT ";
    const std::string around = ") AS anon_1 LEFT OUTER JOIN d AS d_1 ON anon_1.u_id = d_1.u_id ORDER BY d_1.id";
    EXPECT_EQ(text(session.query<U>().options(joinedload(rel<&U::ads>)).distinct()),
              wrapped_columns + "DISTINCT " + u_columns + " FROM u" + around);
    EXPECT_EQ(text(session.query<U>().options(joinedload(rel<&U::ads>)).group_by(col<&U::id>)),
              wrapped_columns + u_columns + " FROM u GROUP BY u.id" + around);
    EXPECT_EQ(session.query<U>().options(joinedload(rel<&U::ads>)).order_by(col<&U::id>).limit(2).all().size(), 2U);
    EXPECT_EQ(session.query<U>().options(joinedload(rel<&U::ads>)).first()->ads.size(), 2U);
}

TEST_F(JoinedLoadTest, limit_does_not_wrap_a_query_with_a_single_reference) {
    EXPECT_EQ(text(session.query<D>().options(joinedload(rel<&D::u>)).limit(5)),
              "SELECT " + d_columns +
                  ", u_1.id AS u_1_id, u_1.name AS u_1_name FROM d LEFT OUTER JOIN u AS u_1 ON u_1.id = d.u_id LIMIT ? "
                  "OFFSET ?");
}

TEST_F(JoinedLoadTest, joins_of_the_user_stand_beside) {
    const auto users =
        session.query<U>().join(rel<&U::ads>).options(joinedload(rel<&U::ads>)).filter(col<&D::z> == "11").all();
    EXPECT_EQ(emitted(),
              Lines{"SELECT " + u_columns + ", " + d_1_columns +
                    " FROM u JOIN d ON u.id = d.u_id LEFT OUTER JOIN d AS d_1 ON u.id = d_1.u_id WHERE d.z = "
                    "? ORDER BY d_1.id"});
    ASSERT_EQ(users.size(), 1U);
    EXPECT_EQ(users[0]->ads.size(), 2U);
    EXPECT_EQ(text(session.query<U>().options(joinedload(rel<&U::ads>)).filter(col<&D::z> == "1")),
              "SELECT " + u_columns + ", " + d_1_columns +
                  " FROM d, u LEFT OUTER JOIN d AS d_1 ON u.id = d_1.u_id WHERE d.z = ? ORDER BY d_1.id");
}

TEST_F(JoinedLoadTest, several_entities_each_have_their_joins) {
    const auto rows = session.query(entity<U>, entity<D>)
                          .join(rel<&U::ads>)
                          .options(joinedload(rel<&D::es>), joinedload(rel<&U::ads>))
                          .all();
    EXPECT_EQ(emitted(), Lines{"SELECT " + u_columns + ", " + d_columns + ", " + d_1_columns + ", " + e_1_columns +
                               " FROM u JOIN d ON u.id = d.u_id LEFT OUTER JOIN d AS d_1 ON u.id = d_1.u_id LEFT OUTER "
                               "JOIN e AS e_1 ON d.id = e_1.d_id ORDER BY d_1.id"});
    ASSERT_EQ(rows.size(), 6U);
    EXPECT_EQ(std::get<1>(rows[0])->es.size(), 2U);
    EXPECT_EQ(std::get<0>(rows[5])->ads.size(), 2U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(JoinedLoadTest, rows_with_values_are_unique) {
    const auto counted = session.query(entity<U>, func::count(col<&D::id>))
                             .join(rel<&U::ads>)
                             .group_by(col<&U::id>)
                             .options(joinedload(rel<&U::ads>))
                             .all();
    EXPECT_EQ(
        emitted(),
        Lines{"SELECT anon_1.u_id AS anon_1_u_id, anon_1.u_name AS anon_1_u_name, anon_1.count_1 AS anon_1_count_1, " +
              d_1_columns +
              " FROM (SELECT u.id AS u_id, u.name AS u_name, count(d.id) AS count_1 FROM u JOIN d ON u.id = d.u_id "
              "GROUP BY u.id) AS anon_1 LEFT OUTER JOIN d AS d_1 ON anon_1.u_id = d_1.u_id ORDER BY d_1.id"});
    ASSERT_EQ(counted.size(), 3U);
    EXPECT_EQ(std::get<1>(counted[0]), 2);
    // Rows with an object are unique, rows of values are not.
    EXPECT_EQ(session.query(entity<U>, col<&D::u_id>).join<D>(rel<&U::ads>).all().size(), 3U);
    EXPECT_EQ(session.query(col<&U::name>, col<&D::u_id>).join<D>(rel<&U::ads>).all().size(), 6U);
}

TEST_F(JoinedLoadTest, alias_as_root_joins_to_the_alias) {
    const auto other = aliased<U>();
    EXPECT_EQ(
        text(session.query(other).options(joinedload(other[&U::ads])).order_by(other[&U::name]).limit(1)),
        "SELECT anon_1.u_1_id AS anon_1_u_1_id, anon_1.u_1_name AS anon_1_u_1_name, " + d_1_columns +
            " FROM (SELECT u_1.id AS u_1_id, u_1.name AS u_1_name FROM u AS u_1 ORDER BY u_1.name LIMIT ? OFFSET ?) "
            "AS anon_1 LEFT OUTER JOIN d AS d_1 ON anon_1.u_1_id = d_1.u_id ORDER BY anon_1.u_1_name, d_1.id");
}

TEST_F(JoinedLoadTest, criteria_go_into_the_join) {
    const auto users = session.query<U>().options(joinedload(rel<&U::ads>.and_(col<&D::z> == "11"))).all();
    EXPECT_EQ(emitted(), Lines{"SELECT " + u_columns + ", " + d_1_columns +
                               " FROM u LEFT OUTER JOIN d AS d_1 ON u.id = d_1.u_id AND d_1.z = ? ORDER BY d_1.id"});
    ASSERT_EQ(users.size(), 3U);
    EXPECT_EQ(users[0]->ads.size(), 0U);  // NULL comes first
    EXPECT_EQ(users[2]->ads.size(), 1U);
}

TEST_F(JoinedLoadTest, tree_follows_join_depth) {
    EXPECT_EQ(
        text(session.query<N>()),
        "SELECT n.id AS n_id, n.pid AS n_pid, n.name AS n_name, n_1.id AS n_1_id, n_1.pid AS n_1_pid, n_1.name AS "
        "n_1_name, n_2.id AS n_2_id, n_2.pid AS n_2_pid, n_2.name AS n_2_name FROM n LEFT OUTER JOIN n AS n_2 ON "
        "n.id = n_2.pid LEFT OUTER JOIN n AS n_1 ON n_2.id = n_1.pid");
    EXPECT_EQ(text(session.query<N>().enable_eagerloads(false)),
              "SELECT n.id AS n_id, n.pid AS n_pid, n.name AS n_name FROM n");
    session.add(
        N{.name = "root", .kids = {N{.name = "mid", .kids = {N{.name = "leaf", .kids = {N{.name = "deep"}}}}}}});
    session.commit();
    restart();
    const auto root = session.query<N>().filter(col<&N::name> == "root").one();
    (void)emitted();
    EXPECT_EQ(root->kids[0]->kids[0]->name, "leaf");
    EXPECT_EQ(emitted(), Lines{});
    EXPECT_EQ(root->kids[0]->kids[0]->kids[0]->name, "deep");
    EXPECT_EQ(emitted().size(), 1U);
}

TEST_F(JoinedLoadTest, loaded_collection_keeps_what_it_has) {
    const auto user = session.query<U>().filter(col<&U::id> == 1).one();
    user->ads.append(D{.z = "new"});
    session.flush();
    user->ads.erase(0);
    (void)session.query<U>().options(joinedload(rel<&U::ads>)).all();
    EXPECT_EQ(user->ads.size(), 2U);
    EXPECT_EQ(user->ads.back()->z, "new");
    (void)session.query<U>().options(joinedload(rel<&U::ads>)).populate_existing().all();
    EXPECT_EQ(user->ads.size(), 2U);
}

TEST_F(JoinedLoadTest, contains_eager_columns_stand_first) {
    const auto users = session.query<U>()
                           .outerjoin(rel<&U::ads>)
                           .options(contains_eager(rel<&U::ads>))
                           .filter(col<&D::z> == "10")
                           .all();
    EXPECT_EQ(emitted(), Lines{"SELECT " + d_columns + ", " + u_columns +
                               " FROM u LEFT OUTER JOIN d ON u.id = d.u_id WHERE d.z = ?"});
    ASSERT_EQ(users.size(), 1U);
    EXPECT_EQ(users[0]->ads.size(), 1U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(JoinedLoadTest, contains_eager_never_wraps) {
    const auto users = session.query<U>().join(rel<&U::ads>).options(contains_eager(rel<&U::ads>)).limit(2).all();
    EXPECT_EQ(emitted(),
              Lines{"SELECT " + d_columns + ", " + u_columns + " FROM u JOIN d ON u.id = d.u_id LIMIT ? OFFSET ?"});
    ASSERT_EQ(users.size(), 1U);
    EXPECT_EQ(users[0]->ads.size(), 2U);
}

TEST_F(JoinedLoadTest, contains_eager_reads_from_an_alias) {
    const auto da = aliased<D>();
    const std::string sql =
        "SELECT " + d_1_columns + ", " + u_columns + " FROM u LEFT OUTER JOIN d AS d_1 ON u.id = d_1.u_id";
    EXPECT_EQ(text(session.query<U>().outerjoin(da, rel<&U::ads>).options(contains_eager(rel<&U::ads>, da))), sql);
    EXPECT_EQ(text(session.query<U>().outerjoin(da, rel<&U::ads>).options(contains_eager(rel<&U::ads>.of_type(da)))),
              sql);
}

TEST_F(JoinedLoadTest, contains_eager_chains_and_mixes) {
    EXPECT_EQ(text(session.query<U>()
                       .outerjoin(rel<&U::ads>)
                       .outerjoin(rel<&D::es>)
                       .options(contains_eager(rel<&U::ads>).contains_eager(rel<&D::es>))),
              "SELECT e.id AS e_id, e.d_id AS e_d_id, " + d_columns + ", " + u_columns +
                  " FROM u LEFT OUTER JOIN d ON u.id = d.u_id LEFT OUTER JOIN e ON d.id = e.d_id");
    EXPECT_EQ(
        text(session.query<U>().outerjoin(rel<&U::ads>).options(contains_eager(rel<&U::ads>).joinedload(rel<&D::es>))),
        "SELECT " + d_columns + ", " + u_columns + ", " + e_1_columns +
            " FROM u LEFT OUTER JOIN d ON u.id = d.u_id LEFT OUTER JOIN e AS e_1 ON d.id = e_1.d_id");
    const auto rows =
        session.query(entity<U>, entity<D>).join(rel<&U::ads>).options(contains_eager(rel<&U::ads>)).all();
    EXPECT_EQ(emitted(), Lines{"SELECT " + d_columns + ", " + u_columns + " FROM u JOIN d ON u.id = d.u_id"});
    EXPECT_EQ(rows.size(), 6U);
    EXPECT_EQ(std::get<0>(rows[0])->ads.size(), 2U);
}

TEST_F(JoinedLoadTest, stream_refuses_joined_collections) {
    EXPECT_THROW((void)session.query<U>().options(joinedload(rel<&U::ads>)).stream().next(), InvalidRequestError);
    EXPECT_THROW((void)session.query<U>().options(subqueryload(rel<&U::ads>)).stream().next(), InvalidRequestError);
    std::size_t count = 0;
    for (auto& address : session.query<D>().options(joinedload(rel<&D::u>)).stream()) {
        count += address->u->name.get().size();
    }
    EXPECT_EQ(count, 12U);
}

TEST_F(JoinedLoadTest, star_joins_all_but_in_circles) {
    EXPECT_EQ(
        text(session.query<U>().options(joinedload("*"))),
        "SELECT " + u_columns + ", f_1.id AS f_1_id, f_1.e_id AS f_1_e_id, " + e_1_columns + ", " + d_1_columns +
            " FROM u LEFT OUTER JOIN d AS d_1 ON u.id = d_1.u_id LEFT OUTER JOIN e AS e_1 ON d_1.id = e_1.d_id LEFT "
            "OUTER JOIN f AS f_1 ON e_1.id = f_1.e_id ORDER BY d_1.id");
}

TEST_F(JoinedLoadTest, option_for_another_class_is_an_error) {
    try {
        (void)session.query<U>().options(joinedload(rel<&D::u>)).all();
        FAIL();
    } catch (const ArgumentError& error) {
        EXPECT_NE(
            std::string(error.what())
                .find(
                    "Mapped attribute \"D.u\" does not apply to any of the root entities in this query, e.g. mapped "
                    "class U->u. Please specify the full path from one of the root entities to the target attribute."),
            std::string::npos);
    }
    EXPECT_THROW((void)session.query<U>().options(selectinload(rel<&U::ads>).selectinload(rel<&U::ads>)).all(),
                 ArgumentError);
    EXPECT_THROW((void)session.query(col<&U::id>).options(joinedload(rel<&U::ads>)).all(), ArgumentError);
}

TEST_F(JoinedLoadTest, query_get_follows_options) {
    const auto user = session.query<U>().options(joinedload(rel<&U::ads>)).get(1);
    EXPECT_EQ(emitted(), Lines{"SELECT " + u_columns + ", " + d_1_columns +
                               " FROM u LEFT OUTER JOIN d AS d_1 ON u.id = d_1.u_id WHERE u.id = ? ORDER BY d_1.id"});
    EXPECT_EQ(user->ads.size(), 2U);
    EXPECT_EQ(session.query<U>().options(joinedload(rel<&U::ads>)).get(1), user);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(JoinedLoadTest, get_and_refresh_join_what_the_model_says) {
    session.add(Album{.title = "one", .songs = {Song{}, Song{}}});
    session.commit();
    restart();
    const auto song = session.get<Song>(1);
    EXPECT_EQ(emitted(),
              Lines{"SELECT songs.id AS songs_id, songs.album_id AS songs_album_id, songs.c_id AS songs_c_id, "
                    "albums_1.id AS albums_1_id, albums_1.title AS albums_1_title FROM songs LEFT OUTER JOIN "
                    "albums AS albums_1 ON albums_1.id = songs.album_id WHERE songs.id = ?"});
    EXPECT_EQ(song->album->title, "one");
    EXPECT_EQ(emitted(), Lines{});
    session.refresh(song);
    EXPECT_EQ(emitted(),
              (Lines{"SELECT songs.id, songs.album_id, songs.c_id, albums_1.id AS id_1, albums_1.title FROM songs "
                     "LEFT OUTER JOIN albums AS albums_1 ON albums_1.id = songs.album_id WHERE songs.id = ?",
                     "SELECT songs.id AS songs_id, songs.album_id AS songs_album_id, songs.c_id AS songs_c_id "
                     "FROM songs WHERE ? = songs.album_id ORDER BY songs.id"}));
    session.expire(song);
    EXPECT_EQ(song->c_id, std::nullopt);
    EXPECT_EQ(
        emitted().back(),
        "SELECT songs.id AS songs_id, songs.album_id AS songs_album_id, songs.c_id AS songs_c_id, albums_1.id AS "
        "albums_1_id, albums_1.title AS albums_1_title FROM songs LEFT OUTER JOIN albums AS albums_1 ON albums_1.id "
        "= songs.album_id WHERE songs.id = ?");
    session.expire(song, "c_id");
    EXPECT_EQ(song->c_id, std::nullopt);
    EXPECT_EQ(emitted(), Lines{"SELECT songs.c_id AS songs_c_id FROM songs WHERE songs.id = ?"});
}

}  // namespace
}  // namespace aludel::test::loading
