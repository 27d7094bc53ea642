// What goes beyond plain statements and is written in each database's own way: upserts, RETURNING, statements over
// several tables, documents, trees.
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

/// Stock of three things, and orders of them.
class Constructs : public EmptyDatabaseTest {
  protected:
    void SetUp() override {
        EmptyDatabaseTest::SetUp();
        if (IsSkipped()) return;
        metadata_.create_all(engine);
        connection_ = engine.connect();
        connection_->execute(insert(stock).values("id"_a = 1, "name"_a = "nail", "amount"_a = 10));
        connection_->execute(insert(stock).values("id"_a = 2, "name"_a = "bolt", "amount"_a = 20));
        connection_->execute(insert(stock).values("id"_a = 3, "name"_a = "gear", "amount"_a = 30, "part_of"_a = 2));
        connection_->execute(insert(orders).values("stock_id"_a = 1, "amount"_a = 3));
        connection_->execute(insert(orders).values("stock_id"_a = 3, "amount"_a = 5));
    }
    void TearDown() override {
        connection_.reset();
        EmptyDatabaseTest::TearDown();
    }
    /// The amounts of the stock, by its ids.
    std::vector<int> amounts() { return connection_->execute(select(amount).order_by(id)).all(); }

  private:
    MetaData metadata_;

  protected:
    Table stock{"stock",
                metadata_,
                Column{"id", Integer, primary_key, no_autoincrement},
                Column{"name", String(20), unique},
                Column{"amount", Integer, not_null},
                Column{"part_of", Integer},
                Column{"facts", JSON}};
    Table orders{"orders", metadata_, Column{"id", Integer, primary_key}, Column{"stock_id", Integer},
                 Column{"amount", Integer, not_null}};
    std::optional<Connection> connection_;
    const ColumnExpr<int> id = stock.c<int>("id"), amount = stock.c<int>("amount");
    const ColumnExpr<std::string> name = stock.c<std::string>("name");
    const ColumnExpr<std::optional<int>> part_of = stock.c<std::optional<int>>("part_of");
    const ColumnExpr<std::optional<Json>> facts = stock.c<std::optional<Json>>("facts");
    const ColumnExpr<int> stock_id = orders.c<int>("stock_id"), ordered = orders.c<int>("amount");
};
ALUDEL_ON_EVERY_DATABASE(Constructs);

TEST_P(Constructs, a_row_that_is_there_is_updated_instead) {
    ALUDEL_NEEDS(on_conflict);
    const auto row = insert(stock).values("id"_a = 2, "name"_a = "screw", "amount"_a = 1);
    connection_->execute(
        row.on_conflict_do_update({.index_elements = {"id"}, .set_ = {amount = amount + excluded(amount)}}));
    EXPECT_THAT(amounts(), ElementsAre(10, 21, 30));
    EXPECT_EQ(connection_->execute(select(name).where(id == 2)).scalar_one(), "bolt");
    connection_->execute(row.on_conflict_do_update(
        {.index_elements = {"id"}, .set_ = {amount = 0}, .where = excluded(amount) > amount}));
    EXPECT_THAT(amounts(), ElementsAre(10, 21, 30));
}

TEST_P(Constructs, a_row_that_is_there_is_left_alone) {
    ALUDEL_NEEDS(on_conflict);
    const auto row = insert(stock).values("id"_a = 9, "name"_a = "bolt", "amount"_a = 1);
    EXPECT_THROW(engine.begin([&](Connection& other) {
        other.execute(insert(stock).values("id"_a = 9, "name"_a = "a", "amount"_a = 1).on_conflict_do_nothing());
        other.execute(insert(stock).values("id"_a = 9, "name"_a = "b", "amount"_a = 1));
    }),
                 DBAPIError);
    connection_->execute(row.on_conflict_do_nothing());
    connection_->execute(row.on_conflict_do_nothing({.index_elements = {"name"}}));
    EXPECT_THAT(amounts(), ElementsAre(10, 20, 30));
    const auto made = connection_
                          ->execute(insert(stock)
                                        .values("id"_a = 4, "name"_a = "pin", "amount"_a = 40)
                                        .on_conflict_do_nothing()
                                        .returning(id))
                          .all();
    EXPECT_EQ(made.size(), 1u);
}

TEST_P(Constructs, a_duplicate_key_updates_the_row) {
    ALUDEL_NEEDS(on_duplicate_key);
    const auto row = insert(stock).values("id"_a = 2, "name"_a = "screw", "amount"_a = 1);
    connection_->execute(row.on_duplicate_key_update(amount = amount + inserted(amount)));
    EXPECT_THAT(amounts(), ElementsAre(10, 21, 30));
    connection_->execute(insert(stock)
                             .values("id"_a = 4, "name"_a = "bolt", "amount"_a = 1)
                             .on_duplicate_key_update("name"_a = "screw"));
    EXPECT_EQ(connection_->execute(select(name).where(id == 2)).scalar_one(), "screw");
    connection_->execute(
        insert(stock).values("id"_a = 5, "name"_a = "new", "amount"_a = 50).on_duplicate_key_update(amount = 0));
    EXPECT_THAT(amounts(), ElementsAre(10, 21, 30, 50));
}

TEST_P(Constructs, rows_that_were_inserted_or_deleted_come_back) {
    const auto made =
        connection_->execute(insert(stock).values("id"_a = 7, "name"_a = "hook", "amount"_a = 70).returning(id, name));
    auto rows =
        connection_->execute(insert(stock).values("id"_a = 8, "name"_a = "ring", "amount"_a = 80).returning(id, name));
    const auto row = rows.one();
    EXPECT_EQ(row.get<int>(0), 8);
    EXPECT_EQ(row.get<std::string>("name"), "ring");
    auto gone = connection_->execute(delete_(stock).where(id > 6).returning(id));
    EXPECT_EQ(gone.all().size(), 2u);
    EXPECT_THAT(amounts(), ElementsAre(10, 20, 30));
}

TEST_P(Constructs, rows_that_were_updated_come_back) {
    ALUDEL_NEEDS(update_returning);
    auto changed = connection_->execute(update(stock).values(amount = amount * 2).where(id < 3).returning(amount));
    std::vector<int> found;
    for (const auto& row : changed) found.push_back(row.get<int>(0));
    EXPECT_THAT(found, UnorderedElementsAre(20, 40));
}

TEST_P(Constructs, an_update_takes_values_from_another_table) {
    connection_->execute(update(stock).values(amount = amount - ordered).where(id == stock_id));
    EXPECT_THAT(amounts(), ElementsAre(7, 20, 25));
}

TEST_P(Constructs, a_delete_looks_at_another_table) {
    ALUDEL_NEEDS(delete_from_many);
    connection_->execute(delete_(stock).where(and_(id == stock_id, ordered > 3)));
    EXPECT_THAT(amounts(), ElementsAre(10, 20));
}

TEST_P(Constructs, an_update_of_some_rows_only) {
    ALUDEL_NEEDS(limit_in_update);
    EXPECT_EQ(connection_->execute(update(stock).values(amount = 0).limit(2)).rowcount(), 2);
    EXPECT_EQ(connection_->execute(delete_(stock).limit(1)).rowcount(), 1);
}

TEST_P(Constructs, a_tree_is_read_by_a_recursive_expression) {
    const FromElement tree = select(id, name).where(part_of == nullptr).cte("tree", {.recursive = true});
    const auto parts = tree.union_all(select(id, name).where(part_of == tree.c(id)));
    const auto found = connection_->execute(select(parts.c(name)).order_by(parts.c(id))).all();
    EXPECT_THAT(found, ElementsAre("nail", "bolt", "gear"));
}

TEST_P(Constructs, items_of_documents_are_read_as_what_they_are) {
    connection_->execute(update(stock)
                             .values("facts"_a = Json::parse(R"({"colour": "red", "size": 5, "price": 1.5, "sold": true,
                                                                "tags": ["a", "b"], "it's": {"q.x": 7}, "none": null})"))
                             .where(id == 1));
    const auto one = [&](const auto& expression) {
        return connection_->execute(select(expression).where(id == 1)).one();
    };
    EXPECT_EQ(one(facts["colour"].as_string()), "red");
    EXPECT_EQ(one(facts["size"].as_integer()), 5);
    EXPECT_EQ(one(facts["price"].as_float()), 1.5);
    EXPECT_EQ(one(facts["sold"].as_boolean()), true);
    EXPECT_EQ(one(facts[{"tags", 1}].as_string()), "b");
    EXPECT_EQ(one(facts["tags"][0].as_string()), "a");
    EXPECT_EQ(one(facts[{"it's", "q.x"}].as_integer()), 7);
    EXPECT_EQ(one(facts["none"].as_string()), std::nullopt);
    EXPECT_EQ(one(facts["missing"].as_string()), std::nullopt);
    EXPECT_EQ(one(facts["tags"]).value(), Json::parse(R"(["a", "b"])"));
    const auto where = [&](const auto& condition) { return connection_->execute(select(id).where(condition)).all(); };
    EXPECT_THAT(where(facts["size"].as_integer() > 4), ElementsAre(1));
    EXPECT_THAT(where(facts["colour"].as_string() == "blue"), ElementsAre());
    EXPECT_THAT(where(facts["sold"].as_boolean()), ElementsAre(1));
}

TEST_P(Constructs, regular_expressions_match_and_replace) {
    ALUDEL_NEEDS(regular_expressions);
    const auto where = [&](const auto& condition) {
        return connection_->execute(select(id).where(condition).order_by(id)).all();
    };
    EXPECT_THAT(where(name.regexp_match("^[bg]")), ElementsAre(2, 3));
    EXPECT_THAT(where(!name.regexp_match("l")), ElementsAre(3));
    EXPECT_THAT(where(name.regexp_match("^NAIL$", "i")), ElementsAre(1));
    EXPECT_EQ(connection_->execute(select(name.regexp_replace("a.", "o")).where(id == 1)).one(), "nol");
}

TEST_P(Constructs, tuples_are_compared_as_one) {
    const auto where = [&](const auto& condition) {
        return connection_->execute(select(id).where(condition).order_by(id)).all();
    };
    EXPECT_THAT(where(tuple_(id, amount).in_({{1, 10}, {2, 99}, {3, 30}})), ElementsAre(1, 3));
    EXPECT_THAT(where(tuple_(id, amount) > std::tuple{2, 10}), ElementsAre(2, 3));
}

TEST_P(Constructs, an_insert_without_columns_takes_all_defaults) {
    MetaData own;
    const Table counted{"counted", own, Column{"id", Integer, primary_key}, Column{"n", Integer, server_default(5)}};
    connection_->commit();
    counted.create(engine);
    Connection other = engine.connect();
    other.execute(insert(counted));
    EXPECT_EQ(other.execute(select(counted.c<int>("n"))).scalar_one(), 5);
}

TEST_P(Constructs, a_limit_without_an_offset_and_the_other_way_round) {
    const auto rows = select(id).order_by(id);
    EXPECT_THAT(connection_->execute(rows.limit(2)).all(), ElementsAre(1, 2));
    EXPECT_THAT(connection_->execute(rows.offset(1)).all(), ElementsAre(2, 3));
    EXPECT_THAT(connection_->execute(rows.limit(1).offset(1)).all(), ElementsAre(2));
    EXPECT_THAT(connection_->execute(rows.limit(0)).all(), ElementsAre());
}

TEST_P(Constructs, a_list_without_elements_is_never_and_its_negation_always_true) {
    const std::vector<int> none;
    EXPECT_THAT(connection_->execute(select(id).where(id.in_(none))).all(), ElementsAre());
    EXPECT_THAT(connection_->execute(select(id).where(id.not_in(none)).order_by(id)).all(), ElementsAre(1, 2, 3));
}

}  // namespace
}  // namespace aludel::test::compliance
