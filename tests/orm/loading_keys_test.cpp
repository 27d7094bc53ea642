// Relationships that are loaded by SELECTs of their own with the query: selectinload, subqueryload, immediateload. The
// texts are SQLAlchemy 1.4's.
#include "orm/loading_models.hpp"

namespace aludel::test::loading {
namespace {

using KeyedLoadTest = LoadingTest;
using TableLoadTest = LoadingTest;
using SubqueryLoadTest = LoadingTest;
using ImmediateLoadTest = LoadingTest;

TEST_F(KeyedLoadTest, one_to_many_needs_no_join) {
    const auto users = session.query<U>().options(selectinload(rel<&U::ads>)).all();
    EXPECT_EQ(emitted_with_parameters(),
              (Lines{select_u, "    ()", selectin_ads + "(?, ?, ?) ORDER BY d.id", "    (1, 2, 3)"}));
    EXPECT_EQ(users[2]->ads[1]->z, "31");
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(KeyedLoadTest, chain_loads_level_by_level) {
    const auto users = session.query<U>().options(selectinload(rel<&U::ads>).selectinload(rel<&D::es>)).all();
    EXPECT_EQ(emitted(), (Lines{select_u, selectin_ads + "(?, ?, ?) ORDER BY d.id",
                                "SELECT e.d_id AS e_d_id, e.id AS e_id FROM e WHERE e.d_id IN (?, ?, ?, ?, ?, ?)"}));
    EXPECT_EQ(users[0]->ads[0]->es.size(), 2U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(KeyedLoadTest, many_to_one_asks_for_each_key_once) {
    const auto all = session.query<D>().options(selectinload(rel<&D::u>)).all();
    EXPECT_EQ(emitted_with_parameters(),
              (Lines{select_d, "    ()", select_u + " WHERE u.id IN (?, ?, ?)", "    (1, 2, 3)"}));
    EXPECT_EQ(all[5]->u->name, "u3");
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(KeyedLoadTest, many_to_many_joins_the_owner) {
    const std::string sql =
        "SELECT a_1.id AS a_1_id, b.id AS b_id, b.c_id AS b_c_id FROM a AS a_1 JOIN ab AS ab_1 ON a_1.id = ab_1.a_id "
        "JOIN b "
        "ON b.id = ab_1.b_id WHERE a_1.id IN (?, ?, ?) ORDER BY b.id";
    const auto all = session.query<A>().options(selectinload(rel<&A::bs>)).all();
    EXPECT_EQ(emitted(), (Lines{"SELECT a.id AS a_id, a.x AS a_x FROM a", sql}));
    EXPECT_EQ(all[1]->bs.size(), 1U);
    restart();
    (void)session.query<A>().options(selectinload(rel<&A::bs>).joinedload(rel<&B::c>)).all();
    EXPECT_EQ(emitted()[1],
              "SELECT a_1.id AS a_1_id, b.id AS b_id, b.c_id AS b_c_id, c_1.id AS c_1_id, c_1.y AS c_1_y FROM a AS a_1 "
              "JOIN ab AS ab_1 ON a_1.id = ab_1.a_id JOIN b ON b.id = ab_1.b_id LEFT OUTER JOIN c AS c_1 ON c_1.id = "
              "b.c_id WHERE a_1.id IN (?, ?, ?) ORDER BY b.id");
}

TEST_F(KeyedLoadTest, composite_keys_are_tuples) {
    session.add(Pair{.a = 1, .b = 2, .v = "q", .rows = {Row{}, Row{}}});
    session.commit();
    restart();
    const auto pairs = session.query<Pair>().options(selectinload(rel<&Pair::rows>)).all();
    EXPECT_EQ(emitted()[1],
              "SELECT rows.ca AS rows_ca, rows.cb AS rows_cb, rows.id AS rows_id FROM rows WHERE (rows.ca, rows.cb) IN "
              "(VALUES (?, ?))");
    EXPECT_EQ(pairs[0]->rows.size(), 2U);
}

TEST_F(KeyedLoadTest, five_hundred_keys_a_statement_and_none_for_no_rows) {
    for (int i = 4; i <= 502; ++i) session.add(U{.id = i, .name = "more"});
    session.commit();
    restart();
    EXPECT_EQ(session.query<U>().options(selectinload(rel<&U::ads>)).all().size(), 502U);
    EXPECT_EQ(emitted().size(), 3U);
    restart();
    (void)session.query<U>().filter(col<&U::id> < 0).options(selectinload(rel<&U::ads>)).all();
    EXPECT_EQ(emitted().size(), 1U);
}

TEST_F(KeyedLoadTest, foreign_key_that_is_left_out_falls_back_to_a_join) {
    (void)session.query<D>().options(load_only(col<&D::z>), selectinload(rel<&D::u>)).all();
    EXPECT_EQ(emitted(),
              (Lines{"SELECT d.id AS d_id, d.z AS d_z FROM d",
                     "SELECT d_1.id AS d_1_id, u.id AS u_id, u.name AS u_name FROM d AS d_1 JOIN u ON u.id = "
                     "d_1.u_id WHERE d_1.id IN (?, ?, ?, ?, ?, ?)"}));
}

TEST_F(KeyedLoadTest, criteria_narrow_the_collection) {
    const auto users = session.query<U>().options(selectinload(rel<&U::ads>.and_(col<&D::z> == "11"))).all();
    EXPECT_EQ(emitted()[1], selectin_ads + "(?, ?, ?) AND d.z = ? ORDER BY d.id");
    EXPECT_EQ(users[0]->ads.size(), 1U);
    EXPECT_EQ(users[1]->ads.size(), 0U);
}

TEST_F(KeyedLoadTest, asks_again_for_what_is_loaded_and_keeps_it) {
    const auto users = session.query<U>().options(selectinload(rel<&U::ads>)).all();
    users[0]->ads.erase(0);
    session.flush();
    (void)emitted();
    (void)session.query<U>().options(selectinload(rel<&U::ads>)).all();
    EXPECT_EQ(emitted().size(), 2U);
    EXPECT_EQ(users[0]->ads.size(), 1U);
}

TEST_F(KeyedLoadTest, model_says_selectin) {
    session.add(Album{.title = "one", .songs = {Song{}, Song{}}});
    session.commit();
    restart();
    const auto albums = session.query<Album>().all();
    EXPECT_EQ(emitted(),
              (Lines{"SELECT albums.id AS albums_id, albums.title AS albums_title FROM albums",
                     "SELECT songs.album_id AS songs_album_id, songs.id AS songs_id, songs.c_id AS songs_c_id, "
                     "albums_1.id AS albums_1_id, albums_1.title AS albums_1_title FROM songs LEFT OUTER JOIN "
                     "albums AS albums_1 ON albums_1.id = songs.album_id WHERE songs.album_id IN (?) ORDER BY "
                     "songs.id"}));
    EXPECT_EQ(albums[0]->songs[1]->album, albums[0]);
    EXPECT_EQ(emitted(), Lines{});
    session.refresh(albums[0]);
    EXPECT_EQ(emitted(),
              (Lines{"SELECT albums.id, albums.title FROM albums WHERE albums.id = ?",
                     "SELECT songs.id AS songs_id, songs.album_id AS songs_album_id, songs.c_id AS songs_c_id "
                     "FROM songs WHERE ? = songs.album_id ORDER BY songs.id"}));
}

TEST_F(KeyedLoadTest, stream_loads_chunk_by_chunk) {
    for (int i = 4; i <= 502; ++i) session.add(U{.id = i, .name = "more"});
    session.commit();
    restart();
    std::size_t addresses = 0;
    for (auto& user : session.query<U>().options(selectinload(rel<&U::ads>)).stream()) addresses += user->ads.size();
    EXPECT_EQ(addresses, 6U);
    EXPECT_EQ(emitted().size(), 3U);
}

TEST_F(TableLoadTest, reads_the_related_table_as_a_whole) {
    const auto users = session.query<U>().options(tableload(rel<&U::ads>)).all();
    EXPECT_EQ(emitted(), (Lines{select_u, "SELECT d.u_id AS d_u_id, d.id AS d_id, d.z AS d_z FROM d ORDER BY d.id"}));
    EXPECT_EQ(users[2]->ads[1]->z, "31");
    EXPECT_EQ(users[0]->ads.size() + users[1]->ads.size() + users[2]->ads.size(), 6U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(TableLoadTest, rows_of_others_become_no_objects) {
    const auto users = session.query<U>().filter(col<&U::id> == 2).options(tableload(rel<&U::ads>)).all();
    ASSERT_EQ(users.size(), 1U);
    EXPECT_EQ(users[0]->ads.size(), 2U);
    EXPECT_EQ(session.identity_map_size(), 3U);
}

TEST_F(TableLoadTest, rows_without_owner_are_left_out) {
    session.add(D{.z = "nobody's"});
    session.commit();
    restart();
    const auto users = session.query<U>().options(tableload(rel<&U::ads>)).all();
    EXPECT_EQ(users[0]->ads.size() + users[1]->ads.size() + users[2]->ads.size(), 6U);
    EXPECT_EQ(session.identity_map_size(), 9U);
}

TEST_F(TableLoadTest, many_to_one_reads_the_other_table) {
    const auto all = session.query<D>().filter(col<&D::u_id> == 3).options(tableload(rel<&D::u>)).all();
    EXPECT_EQ(emitted()[1], select_u);
    EXPECT_EQ(all[0]->u->name, "u3");
    EXPECT_EQ(session.identity_map_size(), 3U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(TableLoadTest, criteria_and_what_lies_behind_hold) {
    const auto users =
        session.query<U>().options(tableload(rel<&U::ads>.and_(col<&D::z> != "10")).tableload(rel<&D::es>)).all();
    EXPECT_EQ(emitted(),
              (Lines{select_u, "SELECT d.u_id AS d_u_id, d.id AS d_id, d.z AS d_z FROM d WHERE d.z != ? ORDER BY d.id",
                     "SELECT e.d_id AS e_d_id, e.id AS e_id FROM e"}));
    EXPECT_EQ(users[0]->ads.size(), 1U);
    EXPECT_EQ(users[0]->ads[0]->es.size(), 2U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(TableLoadTest, composite_keys_find_their_owners) {
    session.add(Pair{.a = 1, .b = 2, .v = "q", .rows = {Row{}, Row{}}});
    session.add(Pair{.a = 2, .b = 1, .v = "r", .rows = {Row{}}});
    session.commit();
    restart();
    const auto pairs = session.query<Pair>().order_by(col<&Pair::a>).options(tableload(rel<&Pair::rows>)).all();
    EXPECT_EQ(emitted()[1], "SELECT rows.ca AS rows_ca, rows.cb AS rows_cb, rows.id AS rows_id FROM rows");
    EXPECT_EQ(pairs[0]->rows.size(), 2U);
    EXPECT_EQ(pairs[1]->rows.size(), 1U);
}

TEST_F(TableLoadTest, association_table_is_loaded_by_keys) {
    (void)session.query<A>().options(tableload(rel<&A::bs>)).all();
    EXPECT_NE(emitted()[1].find("WHERE a_1.id IN (?, ?, ?)"), std::string::npos);
}

TEST_F(TableLoadTest, no_owner_no_statement) {
    (void)session.query<U>().filter(col<&U::id> < 0).options(tableload(rel<&U::ads>)).all();
    EXPECT_EQ(emitted().size(), 1U);
}

TEST_F(SubqueryLoadTest, repeats_the_query_inside) {
    const auto users =
        session.query<U>().filter(col<&U::name> == "u1").options(subqueryload(rel<&U::ads>)).limit(1).all();
    EXPECT_EQ(
        emitted_with_parameters(),
        (Lines{select_u + " WHERE u.name = ? LIMIT ? OFFSET ?", "    ('u1', 1, 0)",
               "SELECT " + d_columns +
                   ", anon_1.u_id AS anon_1_u_id FROM (SELECT u.id AS u_id FROM u WHERE u.name = ? LIMIT ? OFFSET "
                   "?) AS anon_1 JOIN d ON anon_1.u_id = d.u_id ORDER BY d.id",
               "    ('u1', 1, 0)"}));
    EXPECT_EQ(users[0]->ads.size(), 2U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(SubqueryLoadTest, chain_joins_from_the_first_query) {
    const auto users = session.query<U>()
                           .options(subqueryload(rel<&U::ads>).subqueryload(rel<&D::es>).subqueryload(rel<&E::fs>))
                           .all();
    EXPECT_EQ(
        emitted(),
        (Lines{select_u,
               "SELECT " + d_columns +
                   ", anon_1.u_id AS anon_1_u_id FROM (SELECT u.id AS u_id FROM u) AS anon_1 JOIN d ON anon_1.u_id = "
                   "d.u_id ORDER BY d.id",
               "SELECT e.id AS e_id, e.d_id AS e_d_id, d_1.id AS d_1_id FROM (SELECT u.id AS u_id FROM u) AS anon_1 "
               "JOIN d AS d_1 ON anon_1.u_id = d_1.u_id JOIN e ON d_1.id = e.d_id",
               "SELECT f.id AS f_id, f.e_id AS f_e_id, e_1.id AS e_1_id FROM (SELECT u.id AS u_id FROM u) AS anon_1 "
               "JOIN d AS d_1 ON anon_1.u_id = d_1.u_id JOIN e AS e_1 ON d_1.id = e_1.d_id JOIN f ON e_1.id = "
               "f.e_id"}));
    EXPECT_EQ(users[0]->ads[0]->es[0]->fs.size(), 1U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(SubqueryLoadTest, behind_other_strategies) {
    (void)session.query<U>().options(joinedload(rel<&U::ads>).subqueryload(rel<&D::es>)).all();
    EXPECT_EQ(
        emitted()[1],
        "SELECT e.id AS e_id, e.d_id AS e_d_id, d_1.id AS d_1_id FROM (SELECT u.id AS u_id FROM u) AS anon_1 JOIN d AS "
        "d_1 ON anon_1.u_id = d_1.u_id JOIN e ON d_1.id = e.d_id");
    restart();
    (void)session.query<U>().options(selectinload(rel<&U::ads>).subqueryload(rel<&D::es>)).all();
    EXPECT_EQ(
        emitted()[2],
        "SELECT e.id AS e_id, e.d_id AS e_d_id, anon_1.d_id AS anon_1_d_id FROM (SELECT d.id AS d_id FROM d WHERE "
        "d.u_id IN (?, ?, ?)) AS anon_1 JOIN e ON anon_1.d_id = e.d_id");
    restart();
    (void)session.query<U>().options(subqueryload(rel<&U::ads>).joinedload(rel<&D::es>)).all();
    EXPECT_EQ(emitted()[1],
              "SELECT " + d_columns + ", anon_1.u_id AS anon_1_u_id, " + e_1_columns +
                  " FROM (SELECT u.id AS u_id FROM u) AS anon_1 JOIN d ON anon_1.u_id = d.u_id LEFT OUTER "
                  "JOIN e AS e_1 ON d.id = e_1.d_id ORDER BY d.id");
}

TEST_F(SubqueryLoadTest, many_to_one_is_distinct) {
    (void)session.query<B>().options(subqueryload(rel<&B::c>)).all();
    EXPECT_EQ(emitted()[1],
              "SELECT c.id AS c_id, c.y AS c_y, anon_1.b_c_id AS anon_1_b_c_id FROM (SELECT DISTINCT b.c_id AS b_c_id "
              "FROM b) "
              "AS anon_1 JOIN c ON c.id = anon_1.b_c_id");
    restart();
    const auto all = session.query<B>().options(subqueryload(rel<&B::c>)).order_by(col<&B::id>).limit(1).all();
    EXPECT_EQ(
        emitted()[1],
        "SELECT c.id AS c_id, c.y AS c_y, anon_1.b_c_id AS anon_1_b_c_id FROM (SELECT DISTINCT b.c_id AS b_c_id, b.id "
        "AS b_id FROM b ORDER BY b.id LIMIT ? OFFSET ?) AS anon_1 JOIN c ON c.id = anon_1.b_c_id");
    EXPECT_EQ(all[0]->c->y, "c");
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(SubqueryLoadTest, joins_of_the_query_are_repeated) {
    (void)session.query<U>().join(rel<&U::ads>).options(subqueryload(rel<&U::ads>)).filter(col<&D::z> == "11").all();
    EXPECT_EQ(emitted()[1], "SELECT " + d_columns +
                                ", anon_1.u_id AS anon_1_u_id FROM (SELECT u.id AS u_id FROM u JOIN d ON u.id = d.u_id "
                                "WHERE d.z = ?) AS anon_1 JOIN d ON anon_1.u_id = d.u_id ORDER BY d.id");
    restart();
    (void)session.query<A>().options(subqueryload(rel<&A::bs>)).all();
    EXPECT_EQ(
        emitted()[1],
        "SELECT b.id AS b_id, b.c_id AS b_c_id, anon_1.a_id AS anon_1_a_id FROM (SELECT a.id AS a_id FROM a) AS anon_1 "
        "JOIN ab AS ab_1 ON anon_1.a_id = ab_1.a_id JOIN b ON b.id = ab_1.b_id ORDER BY b.id");
    restart();
    const auto other = aliased<U>();
    (void)session.query(other).options(subqueryload(other[&U::ads])).all();
    EXPECT_EQ(emitted()[1],
              "SELECT " + d_columns +
                  ", anon_1.u_1_id AS anon_1_u_1_id FROM (SELECT u_1.id AS u_1_id FROM u AS u_1) AS anon_1 "
                  "JOIN d ON anon_1.u_1_id = d.u_id ORDER BY d.id");
}

TEST_F(ImmediateLoadTest, one_statement_for_each_object) {
    const auto users = session.query<U>().options(immediateload(rel<&U::ads>)).all();
    EXPECT_EQ(emitted(), (Lines{select_u, lazy_ads, lazy_ads, lazy_ads}));
    EXPECT_EQ(users[0]->ads.size(), 2U);
    EXPECT_EQ(emitted(), Lines{});
    restart();
    (void)session.query<D>().options(immediateload(rel<&D::u>)).all();
    const std::string get = select_u + " WHERE u.id = ?";
    EXPECT_EQ(emitted(), (Lines{select_d, get, get, get}));
}

TEST_F(ImmediateLoadTest, leaves_alone_what_is_loaded) {
    const auto users = session.query<U>().options(immediateload(rel<&U::ads>)).all();
    (void)emitted();
    (void)session.query<U>().options(immediateload(rel<&U::ads>)).all();
    EXPECT_EQ(emitted(), Lines{select_u});
}

}  // namespace
}  // namespace aludel::test::loading
