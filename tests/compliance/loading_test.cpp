// Strategies of loading: what comes, and in how many statements.
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

/// Three users with two addresses and a post with two keywords each.
class Loading : public ComplianceTest {
  protected:
    void SetUp() override {
        ComplianceTest::SetUp();
        if (IsSkipped()) return;
        Session writer{engine};
        for (int i = 1; i <= 3; ++i) {
            const std::string n = std::to_string(i);
            writer.add(User{
                .name = "u" + n,
                .addresses = {Address{.email = n + "a"}, Address{.email = n + "b"}},
                .profile = Profile{.bio = "bio " + n},
                .posts = {Post{.title = "p" + n, .keywords = {Keyword{.word = "k" + n}, Keyword{.word = "l" + n}}}}});
        }
        writer.commit();
        restart();
    }
    /// Reads all e-mails through the users; how many statements it took.
    template <class Query>
    std::size_t statements_for_emails(const Query& query) {
        log.clear();
        Lines found;
        const auto users = query.all();
        for (const auto& user : users)
            for (const auto& address : user->addresses) found.push_back(*address->email);
        EXPECT_EQ(found, (Lines{"1a", "1b", "2a", "2b", "3a", "3b"}));
        return statements();
    }
    Query<User> users() { return session.query<User>().order_by(col<&User::id>); }
};
ALUDEL_ON_EVERY_DATABASE(Loading);

TEST_P(Loading, lazy_collection_is_a_statement_each) { EXPECT_EQ(statements_for_emails(users()), 4u); }

TEST_P(Loading, joined_collection_comes_with_its_parents) {
    EXPECT_EQ(statements_for_emails(users().options(joinedload(rel<&User::addresses>))), 1u);
}

TEST_P(Loading, selectin_collection_is_a_second_statement) {
    EXPECT_EQ(statements_for_emails(users().options(selectinload(rel<&User::addresses>))), 2u);
}

TEST_P(Loading, subquery_collection_is_a_second_statement) {
    EXPECT_EQ(statements_for_emails(users().options(subqueryload(rel<&User::addresses>))), 2u);
}

TEST_P(Loading, table_collection_is_a_second_statement) {
    EXPECT_EQ(statements_for_emails(users().options(tableload(rel<&User::addresses>))), 2u);
}

TEST_P(Loading, table_collection_with_a_limit_gives_each_parent_its_own) {
    const auto one = users().options(tableload(rel<&User::addresses>)).limit(1).offset(2).all();
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(emails(one[0]->addresses), (Lines{"3a", "3b"}));
    EXPECT_EQ(statements(), 2u);
}

TEST_P(Loading, joined_collection_with_a_limit_counts_parents) {
    const auto two = users().options(joinedload(rel<&User::addresses>)).limit(2).all();
    ASSERT_EQ(two.size(), 2u);
    EXPECT_EQ(emails(two[1]->addresses), (Lines{"2a", "2b"}));
    EXPECT_EQ(statements(), 1u);
}

TEST_P(Loading, subquery_collection_with_a_limit_and_offset) {
    const auto one = users().options(subqueryload(rel<&User::addresses>)).limit(1).offset(2).all();
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(emails(one[0]->addresses), (Lines{"3a", "3b"}));
    EXPECT_EQ(statements(), 2u);
}

TEST_P(Loading, chain_of_strategies_goes_several_levels_deep) {
    const auto found = users().options(selectinload(rel<&User::posts>).selectinload(rel<&Post::keywords>)).all();
    EXPECT_EQ(statements(), 3u);
    EXPECT_EQ(words(found[2]->posts[0]->keywords), (Lines{"k3", "l3"}));
    EXPECT_EQ(statements(), 0u);
}

TEST_P(Loading, joined_chain_is_one_statement) {
    const auto found = users().options(joinedload(rel<&User::posts>).joinedload(rel<&Post::keywords>)).all();
    EXPECT_EQ(found.size(), 3u);
    EXPECT_EQ(words(found[0]->posts[0]->keywords), (Lines{"k1", "l1"}));
    EXPECT_EQ(statements(), 1u);
}

TEST_P(Loading, joined_reference_comes_with_its_object) {
    const auto addresses =
        session.query<Address>().options(joinedload(rel<&Address::user>)).order_by(col<&Address::id>).all();
    ASSERT_EQ(addresses.size(), 6u);
    EXPECT_EQ(addresses[5]->user->name, "u3");
    EXPECT_EQ(statements(), 1u);
}

TEST_P(Loading, reference_to_what_is_in_memory_needs_no_statement) {
    const auto all = users().all();
    statements();
    const auto addresses = session.query<Address>().all();
    for (const auto& address : addresses) EXPECT_FALSE(address->user->name->empty());
    EXPECT_EQ(statements(), 1u);
}

TEST_P(Loading, contains_eager_takes_what_the_join_found) {
    const auto found = session.query<User>()
                           .join(rel<&User::addresses>)
                           .filter(col<&Address::email> == "2a")
                           .options(contains_eager(rel<&User::addresses>))
                           .all();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(emails(found[0]->addresses), Lines{"2a"});
    EXPECT_EQ(statements(), 1u);
}

TEST_P(Loading, load_only_leaves_the_rest_for_later) {
    const auto user = session.query<User>().options(load_only(col<&User::name>)).filter(col<&User::id> == 1).one();
    EXPECT_EQ(user->name, "u1");
    EXPECT_EQ(statements(), 1u);
    EXPECT_EQ(user->age, std::nullopt);
    EXPECT_EQ(statements(), 1u);
}

TEST_P(Loading, undefer_brings_a_deferred_column_along) {
    const auto profile =
        session.query<Profile>().options(undefer(col<&Profile::bio>)).order_by(col<&Profile::id>).first();
    EXPECT_EQ(profile->bio, "bio 1");
    EXPECT_EQ(statements(), 1u);
}

TEST_P(Loading, defer_leaves_a_column_out) {
    const auto user = session.query<User>().options(defer(col<&User::name>)).filter(col<&User::id> == 2).one();
    statements();
    EXPECT_EQ(user->name, "u2");
    EXPECT_EQ(statements(), 1u);
}

TEST_P(Loading, raiseload_refuses_to_read) {
    const auto user = users().options(raiseload(rel<&User::addresses>)).first();
    EXPECT_THROW((void)user->addresses.size(), InvalidRequestError);
}

TEST_P(Loading, populate_existing_reads_over_what_is_in_memory) {
    auto user = session.get<User>(1);
    EXPECT_EQ(user->name, "u1");
    session.execute(text("UPDATE users SET name = 'other' WHERE id = 1"));
    EXPECT_EQ(users().first()->name, "u1");
    EXPECT_EQ(users().populate_existing().first()->name, "other");
}

TEST_P(Loading, streamed_rows_are_read_one_by_one) {
    Lines found;
    for (auto& user : users().stream()) found.push_back(*user->name);
    EXPECT_EQ(found, (Lines{"u1", "u2", "u3"}));
}

TEST_P(Loading, rows_that_are_read_slowly_leave_room_for_other_statements) {
    Lines found;
    for (auto& user : users()) {
        for (const auto& post : user->posts) found.push_back(*post->title);  // a statement inside of the loop
    }
    EXPECT_EQ(found, (Lines{"p1", "p2", "p3"}));
}

TEST_P(Loading, selectin_of_many_parents_reads_in_chunks) {
    Session writer{engine};
    for (int i = 0; i < 1200; ++i)
        writer.add(User{.name = "x" + std::to_string(i), .addresses = {Address{.email = "e" + std::to_string(i)}}});
    writer.commit();
    log.clear();
    const auto found = users().options(selectinload(rel<&User::addresses>)).all();
    ASSERT_EQ(found.size(), 1203u);
    const auto used = statements();
    std::size_t count = 0;
    for (const auto& user : found) count += user->addresses.size();
    EXPECT_EQ(count, 1206u);
    EXPECT_EQ(statements(), 0u);
    EXPECT_LE(used, 6u);
}

// Another statement on the connection, in the middle of a row.
TEST_P(Loading, listener_that_queries_leaves_the_rows_around_it_whole) {
    std::size_t posts = 0;
    session.events().listen<User>(
        ObjectEvent::load, [&](const Ptr<User>&, Session& within) { posts += within.query<Post>().all().size(); });
    Lines found;
    const auto pairs = session.query<User, Address>()
                           .filter(col<&Address::user_id> == col<&User::id>)
                           .order_by(col<&Address::id>)
                           .all();
    for (const auto& [user, address] : pairs) found.push_back(*user->name + *address->email);
    EXPECT_EQ(found, (Lines{"u11a", "u11b", "u22a", "u22b", "u33a", "u33b"}));
    EXPECT_EQ(posts, 9u);
    session.expunge_all();
    statements_for_emails(users().options(joinedload(rel<&User::addresses>)));
    session.expunge_all();
    statements_for_emails(users().options(tableload(rel<&User::addresses>)));
    EXPECT_EQ(posts, 27u);
}

TEST_P(Loading, functions_order_rows) {
    const auto found = session.query<User>().order_by(func::current_date(), col<&User::id>.desc()).all();
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(*found[0]->name, "u3");
}

}  // namespace
}  // namespace aludel::test::compliance
