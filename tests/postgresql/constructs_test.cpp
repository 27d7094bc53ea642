// What PostgreSQL alone has: arrays, ranges, JSONB, full text search, its own types, ways of SELECT.
#include "support/databases.hpp"

#include <aludel/aludel.hpp>
#include <aludel/dialects/postgresql.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace aludel::test {
namespace {

using namespace aludel::literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Article {
    static constexpr auto table_name = "article";

    Mapped<int, primary_key> id;
    Mapped<std::string, Text> title;
    Mapped<std::vector<int>> marks;
    Mapped<std::optional<std::vector<std::string>>> tags;
    Mapped<Range<int>> pages;
    Mapped<std::optional<Json>, postgresql::JSONB> facts;
    Mapped<std::optional<std::string>, postgresql::INET> address;
    Mapped<std::optional<std::string>, postgresql::MACADDR> card;
    Mapped<std::optional<std::string>, postgresql::CIDR> net;
    Mapped<std::optional<Uuid>> key;
};
using Articles = Registry<Article>;

class PostgresqlConstructs : public testing::Test {
  protected:
    void SetUp() override {
        if (const auto why = why_unavailable(Backend::postgresql); !why.empty()) GTEST_SKIP() << why;
        database_.emplace(Backend::postgresql);
        engine_ = create_engine(database_->url());
        Articles::metadata().create_all(engine_);
        session_ = Session{engine_};
        session_.add(Article{.title = "The cat sat",
                             .marks = std::vector<int>{1, 2, 3},
                             .tags = std::vector<std::string>{"a", "it's"},
                             .pages = Range<int>(1, 10),
                             .facts = Json::parse(R"({"a": {"b": [1, 2]}, "n": 5})"),
                             .address = "10.0.0.1",
                             .card = "08:00:2b:01:02:03",
                             .net = "10.0.0.0/8"});
        session_.add(Article{.title = "Dogs and cats", .marks = std::vector<int>{}, .pages = Range<int>(20, 30)});
        session_.commit();
    }
    void TearDown() override {
        session_.close();
        engine_.dispose();
        database_.reset();
    }
    std::vector<int> where(const auto& condition) {
        return session_.query(col<&Article::id>).filter(condition).order_by(col<&Article::id>).all();
    }

    std::optional<Database> database_;
    Engine engine_ = create_engine("sqlite://");  // until SetUp
    Session session_{engine_};
};

TEST_F(PostgresqlConstructs, values_of_its_types_come_back) {
    const auto article = session_.get<Article>(1);
    EXPECT_EQ(*article->marks, (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(*article->tags, (std::vector<std::string>{"a", "it's"}));
    EXPECT_EQ(*article->pages, Range<int>(1, 10));
    EXPECT_EQ(article->facts->value().at("n").as_integer(), 5);
    EXPECT_EQ(*article->address, "10.0.0.1");
    EXPECT_EQ(*article->card, "08:00:2b:01:02:03");
    EXPECT_EQ(*article->net, "10.0.0.0/8");
    EXPECT_TRUE(session_.get<Article>(2)->marks->empty());
}

TEST_F(PostgresqlConstructs, arrays_are_searched_and_changed) {
    const auto marks = col<&Article::marks>;
    EXPECT_THAT(where(marks.contains(std::vector{1, 3})), ElementsAre(1));
    EXPECT_THAT(where(marks.any(2)), ElementsAre(1));
    EXPECT_THAT(where(marks.overlap(std::vector{9})), ElementsAre());
    EXPECT_THAT(where(marks[1] == 1), ElementsAre(1));
    EXPECT_THAT(where(marks.slice(2, 3) == std::vector{2, 3}), ElementsAre(1));
    auto article = session_.get<Article>(1);
    article->marks = std::vector<int>{7};
    session_.commit();
    EXPECT_THAT(where(marks == std::vector{7}), ElementsAre(1));
    EXPECT_THAT(session_.query(func::unnest(col<&Article::marks>)).all(), ElementsAre(7));
}

TEST_F(PostgresqlConstructs, ranges_are_compared) {
    const auto pages = col<&Article::pages>;
    EXPECT_THAT(where(pages.contains(5)), ElementsAre(1));
    EXPECT_THAT(where(pages.overlaps(Range<int>(5, 25))), ElementsAre(1, 2));
    EXPECT_THAT(where(pages.contained_by(Range<int>(0, 15))), ElementsAre(1));
}

TEST_F(PostgresqlConstructs, documents_are_searched) {
    const auto facts = col<&Article::facts>;
    EXPECT_THAT(where(facts.has_key("n")), ElementsAre(1));
    EXPECT_THAT(where(facts.contains(Json::parse(R"({"n": 5})"))), ElementsAre(1));
    EXPECT_THAT(where(facts.has_any(array_("n", "z"))), ElementsAre(1));
    EXPECT_THAT(where(facts[{"a", "b", 1}].as_integer() == 2), ElementsAre(1));
    EXPECT_THAT(where(facts["n"].astext() == "5"), ElementsAre(1));
}

TEST_F(PostgresqlConstructs, texts_are_searched_by_their_words) {
    EXPECT_THAT(where(col<&Article::title>.match("cat", {.regconfig = "english"})), ElementsAre(1, 2));
    EXPECT_THAT(where(col<&Article::title>.ilike("THE%")), ElementsAre(1));
}

TEST_F(PostgresqlConstructs, the_first_row_of_each_group) {
    session_.add(Article{.title = "The cat sat", .marks = std::vector<int>{}, .pages = Range<int>(1, 2)});
    session_.commit();
    Connection connection = engine_.connect();
    const auto title = col<&Article::title>;
    EXPECT_THAT(
        connection.execute(select(col<&Article::id>).distinct(title).order_by(title, col<&Article::id>.desc())).all(),
        ElementsAre(2, 3));
}

TEST_F(PostgresqlConstructs, rows_that_are_locked_are_skipped_or_refused) {
    Connection first = engine_.connect(), second = engine_.connect();
    const auto one = select(col<&Article::id>).where(col<&Article::id> == 1);
    EXPECT_THAT(first.execute(one.with_for_update({.key_share = true})).all(), ElementsAre(1));
    EXPECT_THAT(second.execute(select(col<&Article::id>).with_for_update({.skip_locked = true})).all(), ElementsAre(2));
    EXPECT_THROW(second.execute(one.with_for_update({.nowait = true})), OperationalError);
    second.rollback();
    EXPECT_THAT(second.execute(one.with_for_update({.read = true, .key_share = true})).all(), ElementsAre(1));
}

TEST_F(PostgresqlConstructs, aggregates_have_an_order) {
    Connection connection = engine_.connect();
    const auto id = col<&Article::id>;
    EXPECT_EQ(connection.execute(select(func::array_agg(aggregate_order_by(id, id.desc())))).scalar(),
              (std::vector<int>{2, 1}));
    EXPECT_EQ(connection.execute(select(func::percentile_cont(0.5).within_group(id))).scalar(), 1.5);
}

TEST_F(PostgresqlConstructs, an_index_is_made_without_a_lock) {
    MetaData metadata;
    const Table line{"line", metadata, Column{"id", Integer, primary_key}, Column{"x", Integer},
                     Index("ix_line_x", "x", postgresql_concurrently)};
    line.create(engine_.execution_options({.isolation_level = IsolationLevel::autocommit}).connect());
    engine_.begin([](Connection& connection) {
        EXPECT_THAT(connection.exec_driver_sql("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_line_x'")
                        .scalar<std::string>()
                        .value_or(""),
                    HasSubstr("(x)"));
    });
}

}  // namespace
}  // namespace aludel::test
