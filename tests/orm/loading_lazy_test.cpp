// What a lazy load does when options or the class say something about it.
#include "orm/loading_models.hpp"

namespace aludel::test::loading {
namespace {

using LazyLoadTest = LoadingTest;
using BatchLoadTest = LoadingTest;

std::string message_of(auto&& action) {
    try {
        action();
    } catch (const Error& error) {
        return std::string(error.what()).substr(0, std::string(error.what()).find('\n'));
    }
    return "no error";
}

TEST_F(LazyLoadTest, raiseload_is_an_error) {
    const auto all = session.query<D>().options(raiseload(rel<&D::u>)).all();
    const auto user = session.get<U>(1);
    EXPECT_EQ(message_of([&] { (void)all[0]->u.get(); }), "'D.u' is not available due to lazy='raise'");
    const auto users = session.query<U>().options(raiseload("*")).populate_existing().all();
    EXPECT_EQ(message_of([&] { (void)users[0]->ads.size(); }), "'U.ads' is not available due to lazy='raise'");
}

TEST_F(LazyLoadTest, expired_object_follows_the_query_that_reads_it_again) {
    const auto user = session.query<U>().options(selectinload(rel<&U::ads>)).filter(col<&U::id> == 1).one();
    session.expire_all();
    (void)session.query<U>().options(raiseload(rel<&U::ads>)).filter(col<&U::id> == 1).one();
    EXPECT_EQ(message_of([&] { (void)user->ads.size(); }), "'U.ads' is not available due to lazy='raise'");
    const auto other = session.query<U>().filter(col<&U::id> == 2).one();
    (void)session.query<U>().options(raiseload(rel<&U::ads>)).all();
    EXPECT_EQ(message_of([&] { (void)other->ads.size(); }), "'U.ads' is not available due to lazy='raise'");
}

TEST_F(LazyLoadTest, raiseload_for_sql_only_reads_memory) {
    const auto all = session.query<D>().options(raiseload(rel<&D::u>, sql_only)).order_by(col<&D::id>).all();
    const auto user = session.get<U>(1);
    (void)emitted();
    EXPECT_EQ(all[0]->u, user);
    EXPECT_EQ(message_of([&] { (void)all[5]->u.get(); }), "'D.u' is not available due to lazy='raise_on_sql'");
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(LazyLoadTest, noload_is_empty) {
    const auto users = session.query<U>().options(noload(rel<&U::ads>)).all();
    EXPECT_EQ(users[0]->ads.size(), 0U);
    EXPECT_EQ(emitted(), Lines{select_u});
    const auto all = session.query<D>().options(noload(rel<&D::u>)).all();
    EXPECT_EQ(all[0]->u, nullptr);
}

TEST_F(LazyLoadTest, options_behind_are_remembered) {
    auto users = session.query<U>().options(lazyload(rel<&U::ads>).joinedload(rel<&D::es>)).all();
    (void)emitted();
    EXPECT_EQ(users[0]->ads[0]->es.size(), 2U);
    EXPECT_EQ(emitted(), Lines{"SELECT " + d_columns + ", " + e_1_columns +
                               " FROM d LEFT OUTER JOIN e AS e_1 ON d.id = e_1.d_id WHERE ? = d.u_id ORDER BY d.id"});
    users.clear();
    restart();
    users = session.query<U>().options(defaultload(rel<&U::ads>).selectinload(rel<&D::es>)).all();
    (void)emitted();
    (void)users[0]->ads.size();
    EXPECT_EQ(emitted(), (Lines{lazy_ads, "SELECT e.d_id AS e_d_id, e.id AS e_id FROM e WHERE e.d_id IN (?, ?)"}));
    users.clear();
    restart();
    users = session.query<U>().options(lazyload(rel<&U::ads>).subqueryload(rel<&D::es>)).all();
    (void)emitted();
    (void)users[0]->ads.size();
    EXPECT_EQ(
        emitted()[1],
        "SELECT e.id AS e_id, e.d_id AS e_d_id, anon_1.d_id AS anon_1_d_id FROM (SELECT d.id AS d_id FROM d WHERE ? = "
        "d.u_id) AS anon_1 JOIN e ON anon_1.d_id = e.d_id");
}

TEST_F(LazyLoadTest, options_behind_eager_loads_are_remembered) {
    auto users =
        session.query<U>().options(selectinload(rel<&U::ads>).lazyload(rel<&D::es>).joinedload(rel<&E::fs>)).all();
    (void)emitted();
    (void)users[0]->ads[0]->es.size();
    EXPECT_EQ(emitted(),
              Lines{"SELECT e.id AS e_id, e.d_id AS e_d_id, f_1.id AS f_1_id, f_1.e_id AS f_1_e_id FROM e LEFT "
                    "OUTER JOIN f AS f_1 ON e.id = f_1.e_id WHERE ? = e.d_id"});
    users.clear();
    restart();
    users = session.query<U>().options(selectinload(rel<&U::ads>), raiseload("*")).all();
    EXPECT_EQ(message_of([&] { (void)users[0]->ads[0]->es.size(); }), "'D.es' is not available due to lazy='raise'");
    users.clear();
    restart();
    users = session.query<U>().options(lazyload(rel<&U::ads>), raiseload("*")).all();
    EXPECT_EQ(users[0]->ads[0]->es.size(), 2U);  // "*" is about this query only
}

TEST_F(LazyLoadTest, lazyload_takes_back_what_the_model_says) {
    session.add(Album{.title = "one", .songs = {Song{}}});
    session.commit();
    restart();
    const auto albums = session.query<Album>().options(lazyload(rel<&Album::songs>)).all();
    EXPECT_EQ(emitted().size(), 1U);
    EXPECT_EQ(albums[0]->songs.size(), 1U);
    EXPECT_EQ(emitted(),
              Lines{"SELECT songs.id AS songs_id, songs.album_id AS songs_album_id, songs.c_id AS songs_c_id "
                    "FROM songs WHERE ? = songs.album_id ORDER BY songs.id"});
    restart();
    (void)session.query<Album>().options(lazyload("*")).all();
    EXPECT_EQ(emitted().size(), 1U);
}

TEST_F(LazyLoadTest, refresh_follows_the_options_of_the_query) {
    const auto user = session.query<U>().options(joinedload(rel<&U::ads>)).filter(col<&U::id> == 1).one();
    (void)emitted();
    session.refresh(user);
    EXPECT_EQ(emitted(),
              Lines{"SELECT u.id, u.name, d_1.id AS id_1, d_1.u_id, d_1.z FROM u LEFT OUTER JOIN d AS d_1 ON u.id "
                    "= d_1.u_id WHERE u.id = ? ORDER BY d_1.id"});
    session.commit();
    (void)user->ads.size();
    EXPECT_EQ(emitted(), Lines{"SELECT " + u_columns + ", " + d_1_columns +
                               " FROM u LEFT OUTER JOIN d AS d_1 ON u.id = d_1.u_id WHERE u.id = ? ORDER BY d_1.id"});
    const auto other = session.query<U>().options(selectinload(rel<&U::ads>)).filter(col<&U::id> == 2).one();
    session.commit();
    (void)emitted();
    EXPECT_EQ(other->name, "u2");
    EXPECT_EQ(emitted(), (Lines{select_u + " WHERE u.id = ?", lazy_ads}));
}

TEST_F(BatchLoadTest, first_access_loads_for_all_of_the_result) {
    const auto users = session.query<U>().options(batchload(rel<&U::ads>)).all();
    EXPECT_EQ(emitted(), Lines{select_u});
    EXPECT_EQ(users[1]->ads.size(), 2U);
    EXPECT_EQ(emitted(), Lines{selectin_ads + "(?, ?, ?) ORDER BY d.id"});
    EXPECT_EQ(users[0]->ads[1]->z, "11");
    EXPECT_EQ(users[2]->ads.size(), 2U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(BatchLoadTest, one_object_is_a_plain_lazy_load) {
    const auto user = session.query<U>().filter(col<&U::id> == 1).options(batchload(rel<&U::ads>)).one();
    (void)emitted();
    EXPECT_EQ(user->ads.size(), 2U);
    EXPECT_EQ(emitted(), Lines{lazy_ads});
}

TEST_F(BatchLoadTest, model_says_batch) {
    for (int i = 1; i <= 3; ++i) session.add(Song{.c = C{.y = "c" + std::to_string(i)}});
    session.commit();
    restart();
    const auto songs = session.query<Song>().options(lazyload(rel<&Song::album>)).all();
    (void)emitted();
    EXPECT_EQ(songs[0]->c->y, "c1");
    EXPECT_EQ(songs[2]->c->y, "c3");
    EXPECT_EQ(emitted(), Lines{"SELECT c.id AS c_id, c.y AS c_y FROM c WHERE c.id IN (?, ?, ?)"});
}

TEST_F(BatchLoadTest, chain_goes_on_in_batches) {
    const auto users = session.query<U>().options(batchload(rel<&U::ads>).batchload(rel<&D::es>)).all();
    (void)users[0]->ads.size();
    (void)emitted();
    EXPECT_EQ(users[2]->ads[0]->es.size(), 2U);
    EXPECT_EQ(emitted(), Lines{"SELECT e.d_id AS e_d_id, e.id AS e_id FROM e WHERE e.d_id IN (?, ?, ?, ?, ?, ?)"});
    EXPECT_EQ(users[0]->ads[1]->es.size(), 2U);
    EXPECT_EQ(emitted(), Lines{});
}

TEST_F(BatchLoadTest, siblings_that_are_gone_are_forgotten) {
    auto users = session.query<U>().options(batchload(rel<&U::ads>)).all();
    session.expunge(users[1]);
    users.erase(users.begin() + 1);
    (void)emitted();
    EXPECT_EQ(users[0]->ads.size(), 2U);
    EXPECT_EQ(emitted(), Lines{selectin_ads + "(?, ?) ORDER BY d.id"});
}

TEST_F(BatchLoadTest, repeated_lazy_loads_are_reported) {
    Session watching(engine, {.n_plus_one = NPlusOne::raise});
    const auto users = watching.query<U>().all();
    EXPECT_EQ(users[0]->ads.size(), 2U);
    const std::string message = message_of([&] { (void)users[1]->ads.size(); });
    EXPECT_NE(message.find("'U.ads'"), std::string::npos) << message;
    EXPECT_NE(message.find("selectinload(rel<&U::ads>)"), std::string::npos) << message;
    Session warning(engine, {.n_plus_one = NPlusOne::warn});
    const auto same = warning.query<U>().all();
    log.clear();
    for (const auto& user : same) (void)user->ads.size();
    std::size_t warnings = 0;
    for (const std::string& line : log.lines()) warnings += line.rfind("N+1: ", 0) == 0 ? 1 : 0;
    EXPECT_EQ(warnings, 1U);
}

}  // namespace
}  // namespace aludel::test::loading
