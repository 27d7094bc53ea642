// Queries: filters, joins, grouping, subqueries, what `one` and its relatives say.
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

/// Four users of different ages, the last without one.
class Queries : public ComplianceTest {
  protected:
    void SetUp() override {
        ComplianceTest::SetUp();
        if (IsSkipped()) return;
        given(User{.name = "ann", .age = 20}, User{.name = "bob", .age = 30},
              User{.name = "cid", .age = 30, .active = false}, User{.name = "dan"});
        log.clear();
    }
    template <class... Criteria>
    Lines found(const Criteria&... criteria) {
        return names(session.query<User>().filter(criteria...).order_by(col<&User::id>).all());
    }
};
ALUDEL_ON_EVERY_DATABASE(Queries);

TEST_P(Queries, comparisons_find_what_they_say) {
    EXPECT_EQ(found(col<&User::age> == 30), (Lines{"bob", "cid"}));
    EXPECT_EQ(found(col<&User::age> != 30), (Lines{"ann"}));
    EXPECT_EQ(found(col<&User::age> < 30), (Lines{"ann"}));
    EXPECT_EQ(found(col<&User::age> >= 20), (Lines{"ann", "bob", "cid"}));
    EXPECT_EQ(found(!(col<&User::age> > 20)), (Lines{"ann"}));
    EXPECT_EQ(found(col<&User::age>.between(19, 29)), (Lines{"ann"}));
}

TEST_P(Queries, null_is_found_by_is_null_alone) {
    EXPECT_EQ(found(col<&User::age> == std::nullopt), (Lines{"dan"}));
    EXPECT_EQ(found(col<&User::age> != std::nullopt), (Lines{"ann", "bob", "cid"}));
    EXPECT_EQ(found(col<&User::age>.is_(null())), (Lines{"dan"}));
}

TEST_P(Queries, booleans_are_conditions) {
    EXPECT_EQ(found(col<&User::active> == true), (Lines{"ann", "bob", "dan"}));
    EXPECT_EQ(found(col<&User::active> == false), (Lines{"cid"}));
    EXPECT_EQ(found(!col<&User::active>), (Lines{"cid"}));
}

TEST_P(Queries, and_or_not_combine) {
    EXPECT_EQ(found(col<&User::age> == 30 && col<&User::active> == true), (Lines{"bob"}));
    EXPECT_EQ(found(or_(col<&User::name> == "ann", col<&User::name> == "dan")), (Lines{"ann", "dan"}));
    EXPECT_EQ(found(!(col<&User::name> == "ann" || col<&User::name> == "dan")), (Lines{"bob", "cid"}));
    EXPECT_EQ(found(col<&User::age> == 30, col<&User::name> == "cid"), (Lines{"cid"}));
}

TEST_P(Queries, in_takes_lists_of_any_length) {
    EXPECT_EQ(found(col<&User::name>.in_({"ann", "dan", "nobody"})), (Lines{"ann", "dan"}));
    EXPECT_EQ(found(!col<&User::name>.in_({"ann"})), (Lines{"bob", "cid", "dan"}));
    EXPECT_EQ(found(col<&User::name>.in_(Lines{})), Lines{});
    EXPECT_EQ(found(!col<&User::name>.in_(Lines{})), (Lines{"ann", "bob", "cid", "dan"}));
    std::vector<int> many;
    for (int i = 0; i < 3000; ++i) many.push_back(i);
    EXPECT_EQ(found(col<&User::id>.in_(many)).size(), 4u);
}

TEST_P(Queries, in_takes_a_query) {
    EXPECT_EQ(found(col<&User::id>.in_(session.query(col<&User::id>).filter(col<&User::age> == 30))),
              (Lines{"bob", "cid"}));
}

TEST_P(Queries, like_and_its_relatives) {
    EXPECT_EQ(found(col<&User::name>.like("%n%")), (Lines{"ann", "dan"}));
    EXPECT_EQ(found(!col<&User::name>.like("%n%")), (Lines{"bob", "cid"}));
    EXPECT_EQ(found(col<&User::name>.ilike("A%")), (Lines{"ann"}));
    EXPECT_EQ(found(col<&User::name>.startswith("b")), (Lines{"bob"}));
    EXPECT_EQ(found(col<&User::name>.endswith("d")), (Lines{"cid"}));
    EXPECT_EQ(found(col<&User::name>.contains("o")), (Lines{"bob"}));
}

TEST_P(Queries, characters_that_mean_something_to_like_can_be_escaped) {
    given(User{.name = "50%"}, User{.name = "50x"}, User{.name = "a_b"}, User{.name = "back\\slash"});
    EXPECT_EQ(found(col<&User::name>.startswith("50%", autoescape)), (Lines{"50%"}));
    EXPECT_EQ(found(col<&User::name>.contains("_", autoescape)), (Lines{"a_b"}));
    EXPECT_EQ(found(col<&User::name> == "back\\slash"), (Lines{"back\\slash"}));
}

TEST_P(Queries, order_limit_and_offset) {
    const auto by_name = session.query<User>().order_by(col<&User::name>.desc());
    EXPECT_EQ(names(by_name.all()), (Lines{"dan", "cid", "bob", "ann"}));
    EXPECT_EQ(names(by_name.limit(2).all()), (Lines{"dan", "cid"}));
    EXPECT_EQ(names(by_name.offset(3).all()), (Lines{"ann"}));
    EXPECT_EQ(names(by_name.limit(2).offset(1).all()), (Lines{"cid", "bob"}));
    EXPECT_EQ(names(by_name.limit(0).all()), Lines{});
    EXPECT_EQ(names(by_name.offset(9).all()), Lines{});
}

TEST_P(Queries, one_and_its_relatives) {
    const auto by = [this](const std::string& name) { return session.query<User>().filter(col<&User::name> == name); };
    EXPECT_EQ(by("ann").one()->name, "ann");
    EXPECT_THROW((void)by("nobody").one(), NoResultFound);
    EXPECT_THROW((void)session.query<User>().one(), MultipleResultsFound);
    EXPECT_FALSE(by("nobody").one_or_none());
    EXPECT_FALSE(by("nobody").first());
    EXPECT_EQ(session.query(col<&User::age>).filter(col<&User::name> == "bob").scalar(), 30);
}

TEST_P(Queries, counts_and_existence) {
    EXPECT_EQ(session.query<User>().count(), 4);
    EXPECT_EQ(session.query<User>().filter(col<&User::age> > 25).count(), 2);
    EXPECT_EQ(session.query<User>().limit(3).count(), 3);
    EXPECT_EQ(session.query(col<&User::age>).distinct().count(), 3);
}

TEST_P(Queries, columns_come_as_typed_tuples) {
    const auto rows = session.query(col<&User::name>, col<&User::age>).order_by(col<&User::id>).all();
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(std::get<0>(rows[1]), "bob");
    EXPECT_EQ(std::get<1>(rows[1]), 30);
    EXPECT_EQ(std::get<1>(rows[3]), std::nullopt);
}

TEST_P(Queries, entity_and_column_come_together) {
    for (auto& [user, name] : session.query(entity<User>, col<&User::name>).filter(col<&User::id> == 2)) {
        EXPECT_EQ(*user->name, "bob");
        EXPECT_EQ(name, "bob");
    }
}

TEST_P(Queries, groups_are_counted_and_filtered) {
    const auto rows = session.query(col<&User::age>, func::count(col<&User::id>))
                          .filter(col<&User::age> != std::nullopt)
                          .group_by(col<&User::age>)
                          .having(func::count(col<&User::id>) > 1)
                          .all();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(std::get<0>(rows[0]), 30);
    EXPECT_EQ(std::get<1>(rows[0]), 2);
}

TEST_P(Queries, aggregates_skip_nulls) {
    EXPECT_EQ(session.query(func::max(col<&User::age>)).scalar(), 30);
    EXPECT_EQ(session.query(func::min(col<&User::age>)).scalar(), 20);
    EXPECT_EQ(session.query(func::sum(col<&User::age>)).scalar(), 80);
    EXPECT_NEAR(session.query(func::avg(col<&User::age>)).scalar().value(), 80.0 / 3, 0.001);
    EXPECT_EQ(session.query(func::count(col<&User::age>)).scalar(), 3);
    EXPECT_EQ(session.query(func::max(col<&User::age>)).filter(col<&User::id> > 99).scalar(), std::nullopt);
}

TEST_P(Queries, joins_multiply_rows_and_outer_joins_keep_them) {
    given(Address{.email = "x", .user_id = 1}, Address{.email = "y", .user_id = 1});
    EXPECT_EQ(session.query(col<&User::name>, col<&Address::email>)
                  .join<Address>(col<&User::id> == col<&Address::user_id>)
                  .all()
                  .size(),
              2u);
    EXPECT_EQ(
        session.query(col<&User::name>, optional(col<&Address::email>)).outerjoin(rel<&User::addresses>).all().size(),
        5u);
    EXPECT_EQ(session.query<User>().join(rel<&User::addresses>).all().size(), 1u) << "an object once";
}

TEST_P(Queries, aliases_of_one_table_are_different_rows) {
    const auto younger = aliased<User>(), older = aliased<User>();
    const auto pairs = session.query(younger[&User::name], older[&User::name])
                           .filter(younger[&User::age] < older[&User::age])
                           .order_by(older[&User::name])
                           .all();
    ASSERT_EQ(pairs.size(), 2u);
    EXPECT_EQ(std::get<0>(pairs[0]), "ann");
    EXPECT_EQ(std::get<1>(pairs[1]), "cid");
}

TEST_P(Queries, subquery_is_joined) {
    given(Address{.email = "x", .user_id = 2}, Address{.email = "y", .user_id = 2});
    const auto count = func::count("*").label("n");
    const auto counts = session.query(col<&Address::user_id>, count).group_by(col<&Address::user_id>).subquery();
    const auto rows = session.query(entity<User>, counts.c(count))
                          .outerjoin(counts, col<&User::id> == counts.c(col<&Address::user_id>))
                          .order_by(col<&User::id>)
                          .all();
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(std::get<1>(rows[1]), 2);
    EXPECT_EQ(std::get<1>(rows[0]), std::nullopt);
}

TEST_P(Queries, entity_is_read_from_a_subquery) {
    const auto grown = session.query<User>().filter(col<&User::age> == 30).subquery();
    const auto user = aliased<User>(grown);
    const auto rows = session.query(user).order_by(user[&User::id]).all();
    EXPECT_EQ(names(rows), (Lines{"bob", "cid"}));
}

TEST_P(Queries, exists_correlates_with_what_is_around_it) {
    given(Address{.email = "x", .user_id = 3});
    EXPECT_EQ(found(exists().where(col<&Address::user_id> == col<&User::id>)), (Lines{"cid"}));
    EXPECT_EQ(found(!exists().where(col<&Address::user_id> == col<&User::id>)).size(), 3u);
}

TEST_P(Queries, scalar_subquery_stands_for_its_value) {
    const auto oldest = session.query(func::max(col<&User::age>)).scalar_subquery();
    EXPECT_EQ(found(col<&User::age> == oldest), (Lines{"bob", "cid"}));
}

TEST_P(Queries, distinct_drops_equal_rows) { EXPECT_EQ(session.query(col<&User::age>).distinct().all().size(), 3u); }

TEST_P(Queries, literal_text_with_parameters) {
    EXPECT_EQ(session
                  .execute(text("SELECT name FROM users WHERE age > :a AND name <> :b ORDER BY id"), "a"_a = 25,
                           "b"_a = "cid")
                  .scalar<std::string>(),
              "bob");
    EXPECT_EQ(session.execute(text("SELECT '\\:a', '%', '?', '$1'")).one().get<std::string>(3), "$1");
}

}  // namespace
}  // namespace aludel::test::compliance
