// CREATE INDEX, DROP, ALTER TABLE and comments for each database, as SQLAlchemy 1.4 writes them.
#include <gtest/gtest.h>
#include <aludel/types/utf8.hpp>

#include <string>
#include <vector>

#include "aludel/base/error.hpp"
#include "aludel/dialects/dialects.hpp"
#include "aludel/sql/compile/ddl.hpp"
#include "aludel/sql/expr/func.hpp"
#include "aludel/sql/schema/table.hpp"

namespace aludel {
namespace {

/// The text for SQLite, PostgreSQL and MySQL.
template <class F>
std::vector<std::string> everywhere(F render) {
    return {render(dialects::sqlite()), render(dialects::postgresql()), render(dialects::mysql())};
}

using Texts = std::vector<std::string>;

Texts created(const Table& table, std::size_t which = 0) {
    return everywhere([&](const Dialect& d) { return create_index_sql(table.info().indexes().at(which), d); });
}

Texts dropped(const Table& table, std::size_t which = 0) {
    return everywhere([&](const Dialect& d) { return drop_index_sql(table.info().indexes().at(which), d); });
}

Texts same(const std::string& text) { return {text, text, text}; }

TEST(IndexDdl, indexed_column_is_named_after_table_and_column) {
    MetaData m;
    const Table t{"t", m, Column{"a", Integer, indexed}, Column{"b", String(20), indexed, unique}};
    EXPECT_EQ(created(t), same("CREATE INDEX ix_t_a ON t (a)"));
    EXPECT_EQ(created(t, 1), same("CREATE UNIQUE INDEX ix_t_b ON t (b)"));
    EXPECT_EQ(dropped(t), (Texts{"DROP INDEX ix_t_a", "DROP INDEX ix_t_a", "DROP INDEX ix_t_a ON t"}));
    EXPECT_TRUE(t.info().unique_constraints().empty());
}

TEST(IndexDdl, several_columns_unique_and_falling_order) {
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"a", Integer},
                  Column{"b", Integer},
                  Index("ix_ab", "a", "b"),
                  Index("ux", "a", unique),
                  Index("ix_desc", descending("a")),
                  Index("", "b", "a"),
                  Index("my index", "a")};
    EXPECT_EQ(created(t, 0), same("CREATE INDEX ix_ab ON t (a, b)"));
    EXPECT_EQ(created(t, 1), same("CREATE UNIQUE INDEX ux ON t (a)"));
    EXPECT_EQ(created(t, 2), same("CREATE INDEX ix_desc ON t (a DESC)"));
    EXPECT_EQ(created(t, 3), same("CREATE INDEX ix_t_b ON t (b, a)"));
    EXPECT_EQ(created(t, 4), (Texts{"CREATE INDEX \"my index\" ON t (a)", "CREATE INDEX \"my index\" ON t (a)",
                                    "CREATE INDEX `my index` ON t (a)"}));
}

TEST(IndexDdl, schema_stands_where_the_database_wants_it) {
    MetaData m;
    const Table t{"t", m, schema("acc"), Column{"a", Integer, indexed}};
    EXPECT_EQ(created(t), (Texts{"CREATE INDEX acc.ix_acc_t_a ON t (a)", "CREATE INDEX ix_acc_t_a ON acc.t (a)",
                                 "CREATE INDEX ix_acc_t_a ON acc.t (a)"}));
    EXPECT_EQ(dropped(t),
              (Texts{"DROP INDEX acc.ix_acc_t_a", "DROP INDEX acc.ix_acc_t_a", "DROP INDEX ix_acc_t_a ON acc.t"}));
}

TEST(IndexDdl, made_name_that_is_too_long_is_cut_with_a_checksum) {
    MetaData m;
    const std::string t40(40, 't');
    const std::string c30(30, 'c');
    const Table t{t40, m, Column{c30, Integer, indexed}};
    const auto on = " ON " + t40 + " (" + c30 + ")";
    EXPECT_EQ(created(t),
              (Texts{"CREATE INDEX ix_" + t40 + "_" + c30 + on, "CREATE INDEX ix_" + t40 + "_ccccccccccc_910b" + on,
                     "CREATE INDEX ix_" + t40 + "_cccccccccccc_910b" + on}));
}

TEST(IndexDdl, length_counts_bytes_on_postgresql_and_characters_on_mysql) {
    MetaData m;
    std::string name;
    for (int i = 0; i < 64; ++i) name += "\u00e9";
    const Table t{"t", m, Column{"a", Integer}, Index(name, "a"), Index(name + "x", "a")};
    EXPECT_EQ(create_index_sql(t.info().indexes()[0], dialects::mysql()), "CREATE INDEX `" + name + "` ON t (a)");
    EXPECT_THROW(create_index_sql(t.info().indexes()[1], dialects::mysql()), IdentifierError);
    EXPECT_THROW(create_index_sql(t.info().indexes()[0], dialects::postgresql()), IdentifierError);
}

TEST(IndexDdl, made_name_is_not_cut_within_a_character) {
    MetaData m;
    std::string letters;
    for (int i = 0; i < 40; ++i) letters += "\u00e9";
    const Table t{"tt", m, Column{letters, Integer, indexed}};
    const std::string made = create_index_sql(t.info().indexes().front(), dialects::postgresql());
    EXPECT_EQ(utf8_prefix(made), made.size()) << made;
}

TEST(IndexDdl, given_name_that_is_too_long_is_refused) {
    MetaData m;
    const Table t{"t", m, Column{"a", Integer}, Index(std::string(70, 'i'), "a")};
    EXPECT_THROW(create_index_sql(t.info().indexes().front(), dialects::postgresql()), IdentifierError);
}

TEST(IndexDdl, raw_expression_stands_as_it_is_written) {
    MetaData m;
    const Table t{"t", m, Column{"b", String(20)}, Index("ix_low", raw_sql("lower(b)")),
                  Index("", raw_sql("lower(b)"))};
    EXPECT_EQ(created(t), same("CREATE INDEX ix_low ON t (lower(b))"));
    EXPECT_THROW(create_index_sql(t.info().indexes().at(1), dialects::sqlite()), CompileError);
}

TEST(IndexDdl, expressions_are_grouped_where_the_database_wants_it) {
    auto table = make_ref<TableInfo>("t");
    MetaData other;
    const Table source{"t", other, Column{"a", Integer}, Column{"b", String(20)}};
    table->add_column(Column{"a", Integer}.draft());
    table->add_column(Column{"b", String(20)}.draft());
    table->add(Index("ix_low", func::lower(source.c<std::string>("b"))));
    table->add(Index("ix_plus", source.c<int>("a") + 1));
    table->add(Index("ix_desc", source.c<int>("a").desc()));
    table->add(CheckConstraint(source.c<int>("a") > 5));
    MetaData m;
    m.add(table);
    const Table t(table);
    EXPECT_EQ(created(t, 0), (Texts{"CREATE INDEX ix_low ON t (lower(b))", "CREATE INDEX ix_low ON t (lower(b))",
                                    "CREATE INDEX ix_low ON t ((lower(b)))"}));
    EXPECT_EQ(created(t, 1), (Texts{"CREATE INDEX ix_plus ON t (a + 1)", "CREATE INDEX ix_plus ON t ((a + 1))",
                                    "CREATE INDEX ix_plus ON t ((a + 1))"}));
    EXPECT_EQ(created(t, 2), same("CREATE INDEX ix_desc ON t (a DESC)"));
    EXPECT_EQ(add_constraint_sql(table->check_constraints().front(), dialects::sqlite()),
              "ALTER TABLE t ADD CHECK (a > 5)");
}

struct AlterDdl : testing::Test {
    MetaData m;
    Table t{"t", m, Column{"id", Integer, primary_key}};
    Table f{"f",
            m,
            Column{"a", Integer, ForeignKey("t.id", name("fk_a"), ondelete("CASCADE"))},
            Column{"b", Integer, ForeignKey("t.id")},
            UniqueConstraint("a", name("uq_a")),
            CheckConstraint("a > 0", name("ck_a")),
            PrimaryKeyConstraint("b", name("pk_b"))};

    Texts add(const ConstraintInfo& c) {
        return everywhere([&](const Dialect& d) { return add_constraint_sql(c, d); });
    }
    Texts drop(const ConstraintInfo& c) {
        return everywhere([&](const Dialect& d) { return drop_constraint_sql(c, d); });
    }
};

TEST_F(AlterDdl, constraints_are_added) {
    EXPECT_EQ(add(f.info().unique_constraints().front()), same("ALTER TABLE f ADD CONSTRAINT uq_a UNIQUE (a)"));
    EXPECT_EQ(add(f.info().check_constraints().front()), same("ALTER TABLE f ADD CONSTRAINT ck_a CHECK (a > 0)"));
    EXPECT_EQ(add(f.info().primary_key_constraint()), same("ALTER TABLE f ADD CONSTRAINT pk_b PRIMARY KEY (b)"));
    EXPECT_EQ(add(f.info().foreign_keys().at(0)),
              same("ALTER TABLE f ADD CONSTRAINT fk_a FOREIGN KEY(a) REFERENCES t (id) ON DELETE CASCADE"));
    EXPECT_EQ(add(f.info().foreign_keys().at(1)), same("ALTER TABLE f ADD FOREIGN KEY(b) REFERENCES t (id)"));
}

TEST_F(AlterDdl, constraints_are_dropped_by_name) {
    const std::string drop_text = "ALTER TABLE f DROP CONSTRAINT ";
    EXPECT_EQ(drop(f.info().unique_constraints().front()),
              (Texts{drop_text + "uq_a", drop_text + "uq_a", "ALTER TABLE f DROP INDEX uq_a"}));
    EXPECT_EQ(drop(f.info().check_constraints().front()),
              (Texts{drop_text + "ck_a", drop_text + "ck_a", "ALTER TABLE f DROP CHECK ck_a"}));
    EXPECT_EQ(drop(f.info().primary_key_constraint()),
              (Texts{drop_text + "pk_b", drop_text + "pk_b", "ALTER TABLE f DROP PRIMARY KEY"}));
    EXPECT_EQ(drop(f.info().foreign_keys().at(0)),
              (Texts{drop_text + "fk_a", drop_text + "fk_a", "ALTER TABLE f DROP FOREIGN KEY fk_a"}));
    EXPECT_THROW(drop(f.info().foreign_keys().at(1)), CompileError);
}

TEST(DropDdl, tables_are_dropped_by_their_whole_name) {
    MetaData m;
    const Table plain{"t", m, Column{"a", Integer}};
    const Table in_schema{"t", m, schema("acc"), Column{"a", Integer}};
    const Table reserved{"order", m, Column{"a", Integer}};
    const auto drop = [](const Table& table) {
        return everywhere([&](const Dialect& d) { return drop_table_sql(table.info(), d); });
    };
    EXPECT_EQ(drop(plain), same("DROP TABLE t"));
    EXPECT_EQ(drop(in_schema), same("DROP TABLE acc.t"));
    EXPECT_EQ(drop(reserved), (Texts{"DROP TABLE \"order\"", "DROP TABLE \"order\"", "DROP TABLE `order`"}));
}

TEST(CommentDdl, comments_are_statements_of_their_own_where_they_are_not_part_of_the_table) {
    MetaData m;
    const Table t{"cm", m, schema("acc"), Column{"a", Integer, comment("it's")}, Column{"b", Integer}, comment("tab")};
    EXPECT_EQ(comment_sql(t.info(), dialects::postgresql()),
              (Texts{"COMMENT ON TABLE acc.cm IS 'tab'", "COMMENT ON COLUMN acc.cm.a IS 'it''s'"}));
    EXPECT_TRUE(comment_sql(t.info(), dialects::sqlite()).empty());
    EXPECT_TRUE(comment_sql(t.info(), dialects::mysql()).empty());
}

// Beyond SQLAlchemy, whose comment would come back with a question mark.
TEST(CommentDdl, character_that_mariadb_does_not_keep_is_refused) {
    MetaData m;
    const Table column{"a", m, Column{"id", Integer, comment("x \U0001F600")}};
    const Table table{"b", m, Column{"id", Integer}, comment("\U0001F600")};
    const Table good{"c", m, Column{"id", Integer, comment("\u4E2D")}, comment("\u00E9")};
    EXPECT_THROW((void)create_table_sql(column, dialects::mariadb()), CompileError);
    EXPECT_THROW((void)create_table_sql(table, dialects::mariadb()), CompileError);
    EXPECT_NO_THROW((void)create_table_sql(good, dialects::mariadb()));
    EXPECT_NO_THROW((void)create_table_sql(column, dialects::mysql()));
}

}  // namespace
}  // namespace aludel
