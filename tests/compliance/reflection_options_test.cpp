// What only one database knows of a table, and what tables say beside their columns: reflected, created again on an
// empty database, and reflected there.
#include "compliance/compliance.hpp"

#include "support/reflection_text.hpp"

#include <aludel/dialects/mysql.hpp>
#include <aludel/dialects/postgresql.hpp>
#include <aludel/dialects/sqlite.hpp>
#include <aludel/sql/schema/enum_type.hpp>
#include <aludel/sql/schema/inspector.hpp>

#include <algorithm>

namespace aludel::test::compliance {
namespace {

using ::testing::Conditional;
using ::testing::Contains;
using ::testing::Not;

class ReflectionOptions : public EmptyDatabaseTest {
  protected:
    void SetUp() override {
        EmptyDatabaseTest::SetUp();
        if (!IsSkipped()) metadata.create_all(engine);
    }
    static Lines facts(const Engine& source, std::string_view table) {
        Inspector inspector = inspect(source);
        return facts_of(inspector, source.dialect(), table);
    }
    /// The options that this database has something to do with, by their names.
    Lines own(const DialectOptions& options) const {
        Lines names;
        for (const auto& option : options.all())
            if (option.dialect == engine.dialect().name()) names.push_back(option.name);
        std::sort(names.begin(), names.end());
        return names;
    }
    /// What is there again after `table` was reflected and created on an empty database.
    Lines again(std::string_view table) const {
        MetaData reflected;
        const Table copied{table, reflected, autoload_with(engine)};
        const Database copy{GetParam()};
        const Engine other = create_engine(copy.url());
        reflected.create_all(other);
        Lines found = facts(other, table);
        other.dispose();
        return found;
    }

    MetaData metadata;
    Table article{"article",
                  metadata,
                  Column{"id", Integer, primary_key},
                  Column{"slug", String(40), not_null},
                  Column{"body", Text},
                  Column{"score", Integer},
                  Column{"mood", Enum("calm", "it's", aludel::name("mood"))},
                  Column{"changed", DateTime(6)},
                  Column{"weight", Numeric(9, 3)},
                  Column{"flag", Boolean},
                  Column{"blob", LargeBinary},
                  Index("ix_slug", "slug", postgresql_ops({{"slug", "varchar_pattern_ops"}}),
                        postgresql_with({{"fillfactor", "70"}})),
                  Index("ix_body", "body", mysql_length({{"body", 12}})),
                  Index("ix_words", "body", mysql_prefix("FULLTEXT")),
                  Index("ix_hash", "score", postgresql_using("hash")),
                  Index("ix_unique_start", "slug", unique, mysql_length({{"slug", 8}})),
                  UniqueConstraint("slug", "score", aludel::name("uq_slug_score")),
                  mysql_engine("InnoDB"),
                  mysql_collate("utf8mb4_bin"),
                  mysql_row_format("DYNAMIC"),
                  postgresql_with({{"fillfactor", "80"}}),
                  sqlite_autoincrement};
    Table shelf{"shelf",
                metadata,
                Column{"room", String(10), primary_key},
                Column{"number", Integer, primary_key, no_autoincrement},
                Column{"width", Integer},
                Column{"place", Integer},
                Index("ix_wide", "width", "place", unique, sqlite_where(raw_sql("width > 5")),
                      postgresql_where(raw_sql("width > 5")), postgresql_include({"number"})),
                sqlite_with_rowid(false)};
};
ALUDEL_ON_EVERY_DATABASE(ReflectionOptions);

TEST_P(ReflectionOptions, indexes_say_what_they_were_made_with) {
    Inspector inspector = inspect(engine);
    for (const auto* table : {&article, &shelf}) {
        const auto found = inspector.get_indexes(table->name());
        for (const auto& made : table->info().indexes()) {
            const auto index =
                std::find_if(found.begin(), found.end(), [&](const auto& each) { return each.name == made.name(); });
            ASSERT_NE(index, found.end()) << made.name();
            EXPECT_EQ(own(index->options), own(made.options())) << made.name();
            EXPECT_EQ(index->unique, made.unique()) << made.name();
            for (const auto& option : made.options().all()) {
                const auto* read = index->options.find(option.dialect, option.name);
                if (option.dialect != engine.dialect().name() || option.sql) continue;
                ASSERT_NE(read, nullptr) << made.name() << ' ' << option.name;
                EXPECT_EQ(read->text, option.text) << made.name() << ' ' << option.name;
                EXPECT_EQ(read->parts, option.parts) << made.name() << ' ' << option.name;
            }
        }
    }
}

TEST_P(ReflectionOptions, tables_say_what_they_were_made_with) {
    Inspector inspector = inspect(engine);
    for (const auto* table : {&article, &shelf}) {
        const auto found = inspector.get_table_options(table->name());
        for (const auto& option : table->info().options().all()) {
            if (option.dialect != engine.dialect().name()) continue;
            const auto* read = found.find(option.dialect, option.name);
            ASSERT_NE(read, nullptr) << option.name;
            EXPECT_EQ(read->text, option.text) << option.name;
            EXPECT_EQ(read->parts, option.parts) << option.name;
        }
    }
}

TEST_P(ReflectionOptions, a_table_is_created_again_as_it_was) {
    EXPECT_EQ(again("article"), facts(engine, "article"));
    EXPECT_EQ(again("shelf"), facts(engine, "shelf"));
}

TEST_P(ReflectionOptions, an_index_over_part_of_a_column_is_no_unique_constraint) {
    Inspector inspector = inspect(engine);
    Lines constraints;
    for (const auto& each : inspector.get_unique_constraints("article")) constraints.push_back(each.name);
    EXPECT_THAT(constraints, Contains("uq_slug_score"));
    const bool is_part = own(article.info().indexes().back().options()) == Lines{"length"};
    EXPECT_THAT(constraints, Conditional(is_part, Not(Contains("ix_unique_start")), Contains("uq_slug_score")));
}

TEST_P(ReflectionOptions, options_that_are_given_replace_those_of_the_database) {
    MetaData reflected;
    const auto& dialect = engine.dialect();
    const Table given{"article", reflected, dialect_option(dialect.name(), "with_rowid", "here"),
                      dialect_option("another", "word", "there"), autoload_with(engine)};
    EXPECT_EQ(given.info().options().text(dialect.name(), "with_rowid"), "here");
    EXPECT_EQ(given.info().options().text("another", "word"), "there");
}

TEST_P(ReflectionOptions, where_null_stands_in_an_index_is_kept) {
    ALUDEL_NEEDS(nulls_in_indexes);
    MetaData ordered;
    const Table pair{"pair", ordered, Column{"a", Integer}, Column{"b", Integer}};
    ordered.create_all(engine);
    engine.begin([](Connection& connection) {
        connection.exec_driver_sql("CREATE INDEX ix_pair ON pair (a NULLS FIRST, b DESC NULLS LAST, (a + b) DESC)");
    });
    Inspector inspector = inspect(engine);
    const auto index = inspector.get_indexes("pair").at(0);
    EXPECT_EQ(index.items.at(0).nulls, NullsOrder::first);
    EXPECT_EQ(index.items.at(1).nulls, NullsOrder::last);
    EXPECT_TRUE(index.items.at(1).descending);
    EXPECT_EQ(index.items.at(2).nulls, NullsOrder::usual);
    EXPECT_EQ(again("pair"), facts(engine, "pair"));
}

TEST_P(ReflectionOptions, identity_columns_keep_their_numbers) {
    ALUDEL_NEEDS(identity_columns);
    MetaData numbered;
    const Table ticket{"ticket", numbered,
                       Column{"id", Integer, primary_key, Identity{.always = true, .start = 100, .increment = 5}},
                       Column{"note", Text}};
    numbered.create_all(engine);
    Inspector inspector = inspect(engine);
    const auto identity = inspector.get_columns("ticket").at(0).identity;
    ASSERT_TRUE(identity);
    EXPECT_TRUE(identity->always);
    EXPECT_EQ(identity->start, Given<std::int64_t>(100));
    EXPECT_EQ(identity->increment, Given<std::int64_t>(5));
    EXPECT_EQ(again("ticket"), facts(engine, "ticket"));
}

TEST_P(ReflectionOptions, a_numbered_column_of_a_composite_key_is_numbered_again) {
    ALUDEL_NEEDS(numbered_composite_keys);
    MetaData numbered;
    const Table line{"line", numbered, Column{"id", Integer, primary_key, autoincrement},
                     Column{"part", Integer, primary_key, no_autoincrement}, Column{"note", String(10)}};
    numbered.create_all(engine);
    EXPECT_EQ(again("line"), facts(engine, "line"));
    MetaData reflected;
    const Table copied{"line", reflected, autoload_with(engine)};
    engine.begin([&](Connection& connection) {
        connection.execute(insert(copied).values("part"_a = 1));
        connection.execute(insert(copied).values("part"_a = 1));
        EXPECT_EQ(connection.execute(select(copied.c<int>("id")).order_by(copied.c("id"))).all(),
                  (std::vector<int>{1, 2}));
    });
}

}  // namespace
}  // namespace aludel::test::compliance
