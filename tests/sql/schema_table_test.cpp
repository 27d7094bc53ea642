// Tables and MetaData: what is built, what is refused, and what lives how long.
#include "aludel/sql/schema/table.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "aludel/base/error.hpp"

namespace aludel {
namespace {

/// The message of the error of class `E` that `action` throws.
template <class E, class F>
std::string message_of(F action) {
    try {
        action();
    } catch (const E& error) {
        return error.message();
    }
    return "nothing was thrown";
}

std::vector<std::string> names_of(const std::vector<const TableInfo*>& tables) {
    std::vector<std::string> names;
    for (const auto* table : tables) names.push_back(table->name());
    return names;
}

using Names = std::vector<std::string>;

TEST(TableOfColumns, columns_have_places_and_stable_addresses) {
    auto table = make_ref<TableInfo>("t");
    ColumnDraft draft;
    draft.name = "c0";
    draft.type = Integer.sql_type();
    const auto& first = table->add_column(draft);
    for (int i = 1; i < 100; ++i) {
        draft.name = "c" + std::to_string(i);
        table->add_column(draft);
    }
    EXPECT_EQ(&table->columns().front(), &first);
    EXPECT_EQ(table->column("c57").position(), 57U);
    EXPECT_EQ(&table->column("c57").table(), table.get());
    EXPECT_EQ(table->find_column("none"), nullptr);
    EXPECT_EQ(first.full_name(), "t.c0");
}

TEST(TableOfColumns, every_table_has_a_number_of_its_own) {
    std::uint64_t last = 0;
    for (int i = 0; i < 3; ++i) {
        const auto table = make_ref<TableInfo>("t");
        EXPECT_GT(table->id(), last);
        last = table->id();
    }
}

TEST(TableOfColumns, names_that_clash_or_are_missing_are_refused) {
    MetaData m;
    EXPECT_NE(
        message_of<ArgumentError>([&] { Table{"t", m, Column{"a"}, Column{"a"}}; }).find("two columns called 'a'"),
        std::string::npos);
    EXPECT_THROW((Table{"t", m, Column{""}}), ArgumentError);
    EXPECT_THROW((Table{"", m, Column{"a"}}), ArgumentError);
    EXPECT_TRUE(m.tables().empty());
    const Table t{"t", m, Column{"a", Integer}, Column{"b", Integer}};
    EXPECT_NE(message_of<NoSuchColumnError>([&] { t.column("x"); }).find("its columns: a, b"), std::string::npos);
}

TEST(TableOfColumns, constraints_name_columns_that_exist) {
    MetaData m;
    EXPECT_NE(message_of<ArgumentError>([&] {
                  Table{"t", m, Column{"a"}, UniqueConstraint("x")};
              }).find("no column named 'x'"),
              std::string::npos);
    EXPECT_THROW((Table{"t", m, Column{"a"}, Index("ix", "x")}), ArgumentError);
    EXPECT_THROW((Table{"t", m, Column{"a"}, Index("ix")}), ArgumentError);
    EXPECT_THROW((Table{"t", m, Column{"a"}, PrimaryKeyConstraint("x")}), ArgumentError);
    EXPECT_THROW((Table{"t", m, Column{"a"}, ForeignKeyConstraint({"x"}, {"t.a"})}), ArgumentError);
    EXPECT_THROW((Table{"t", m, Column{"a", primary_key}, Column{"b"}, PrimaryKeyConstraint("b")}), ArgumentError);
    EXPECT_THROW((Table{"t", m, Column{"a"}, PrimaryKeyConstraint("a"), PrimaryKeyConstraint("a")}), ArgumentError);
}

TEST(TableOfColumns, composite_foreign_key_has_a_target_for_each_column_of_one_table) {
    EXPECT_THROW(ForeignKeyConstraint({"a", "b"}, {"t.x"}), ArgumentError);
    EXPECT_THROW(ForeignKeyConstraint({}, {}), ArgumentError);
    EXPECT_THROW(ForeignKeyConstraint({"a"}, {"x"}), ArgumentError);
    EXPECT_THROW(ForeignKeyConstraint({"a", "b"}, {"t.x", "u.y"}), ArgumentError);
}

TEST(TableOfColumns, items_may_stand_in_any_order) {
    MetaData m;
    const Table t{"t", m, UniqueConstraint("b"), Column{"a", Integer}, Index("ix", "b"), Column{"b", Integer}};
    EXPECT_EQ(t.info().unique_constraints().front().columns().front(), &t.column("b"));
    EXPECT_EQ(t.info().indexes().size(), 1U);
}

TEST(TableOfColumns, nullable_unless_said_or_part_of_the_key) {
    MetaData m;
    const Table t{"t",
                  m,
                  Column{"a", primary_key, Integer},
                  Column{"b", Integer},
                  Column{"c", Integer, not_null},
                  Column{"d", Integer},
                  PrimaryKeyConstraint("a", "d")};
    EXPECT_FALSE(t.column("a").nullable());
    EXPECT_TRUE(t.column("b").nullable());
    EXPECT_FALSE(t.column("c").nullable());
    EXPECT_FALSE(t.column("d").nullable());
    EXPECT_TRUE(t.column("d").primary_key());
}

TEST(Numbering, only_a_single_plain_integer_key_is_numbered_by_itself) {
    MetaData m;
    const auto numbered = [&](const Table& table) { return table.info().autoincrement_column() != nullptr; };
    EXPECT_TRUE(numbered(Table{"a", m, Column{"id", Integer, primary_key}}));
    EXPECT_TRUE(numbered(Table{"b", m, Column{"id", BigInteger, primary_key}}));
    EXPECT_FALSE(numbered(Table{"c", m, Column{"id", String(5), primary_key}}));
    EXPECT_FALSE(numbered(Table{"d", m, Column{"id", Integer, primary_key, server_default("1")}}));
    EXPECT_FALSE(numbered(Table{"e", m, Column{"id", Integer, primary_key, ForeignKey("a.id")}}));
    EXPECT_FALSE(numbered(Table{"f", m, Column{"id", Integer, primary_key, no_autoincrement}}));
    EXPECT_FALSE(numbered(Table{"g", m, Column{"x", Integer, primary_key}, Column{"y", Integer, primary_key}}));
    const Table h{"h", m, Column{"x", Integer, primary_key}, Column{"y", Integer, primary_key, autoincrement}};
    EXPECT_TRUE(h.column("y").is_autoincrement());
    EXPECT_FALSE(h.column("x").is_autoincrement());
    EXPECT_FALSE(numbered(Table{"i", m, Column{"x", Integer}}));
}

TEST(Numbering, what_cannot_be_numbered_is_refused) {
    MetaData m;
    EXPECT_THROW((Table{"a", m, Column{"id", Text, primary_key, autoincrement}}), ArgumentError);
    EXPECT_THROW((Table{"b", m, Column{"x", Integer, primary_key, autoincrement},
                        Column{"y", Integer, primary_key, autoincrement}}),
                 ArgumentError);
}

TEST(MetaDataOfTables, finds_tables_by_name_and_keeps_their_order) {
    MetaData m;
    const Table b{"b", m, Column{"id", Integer}};
    const Table a{"a", m, schema("s"), Column{"id", Integer}};
    EXPECT_EQ(m.tables().size(), 2U);
    EXPECT_EQ(m.tables().front().get(), &b.info());
    EXPECT_EQ(m.find("s.a"), &a.info());
    EXPECT_EQ(m.find("a"), nullptr);
    EXPECT_EQ(&m.table("b"), &b.info());
    EXPECT_NE(message_of<NoSuchTableError>([&] { m.table("x"); }).find("its tables: b, s.a"), std::string::npos);
}

TEST(MetaDataOfTables, a_name_is_used_once) {
    MetaData m;
    const Table t{"t", m, Column{"id", Integer}};
    EXPECT_NE(
        message_of<InvalidRequestError>([&] { Table{"t", m, Column{"id", Integer}}; }).find("'t' is already defined"),
        std::string::npos);
    EXPECT_EQ(m.tables().size(), 1U);
}

TEST(MetaDataOfTables, adopts_a_finished_table_once) {
    auto table = make_ref<TableInfo>("t");
    table->add_column(ColumnDraft{.name = "id", .type = Integer.sql_type()});
    MetaData m;
    MetaData other;
    m.add(table);
    m.add(table);
    EXPECT_EQ(m.tables().size(), 1U);
    EXPECT_EQ(table->metadata(), &m);
    EXPECT_THROW(other.add(table), ArgumentError);
    EXPECT_THROW(m.add(Ref<TableInfo>()), ArgumentError);
    EXPECT_THROW(table->add_column(ColumnDraft{.name = "late"}), InvalidRequestError);
}

TEST(MetaDataOfTables, schema_of_the_metadata_is_the_default) {
    MetaData m{MetaDataOptions{.schema = "acc"}};
    const Table user{"user", m, Column{"id", Integer, primary_key}};
    const Table post{"post", m, Column{"author", ForeignKey("user.id")}};
    EXPECT_EQ(user.info().key(), "acc.user");
    EXPECT_EQ(&post.info().foreign_keys().front().referred_table(), &user.info());
}

TEST(MetaDataOfTables, tables_and_metadata_may_die_in_any_order) {
    std::optional<Table> kept;
    {
        MetaData m;
        kept.emplace(Table{"t", m, Column{"id", Integer, primary_key}});
        EXPECT_EQ(kept->info().metadata(), &m);
    }
    EXPECT_EQ(kept->info().metadata(), nullptr);
    EXPECT_EQ(kept->column("id").name(), "id");

    MetaData second;
    { const Table dies{"u", second, Column{"id", Integer}}; }
    EXPECT_EQ(second.find("u")->columns().size(), 1U);
    second.remove(*second.find("u"));
    EXPECT_EQ(second.find("u"), nullptr);
    EXPECT_TRUE(second.tables().empty());
}

TEST(MetaDataOfTables, removed_table_may_join_another_metadata) {
    MetaData m;
    const Table t{"t", m, Column{"id", Integer}};
    m.remove(t.info());
    m.remove(t.info());
    MetaData other;
    other.add(t.ref());
    EXPECT_EQ(t.info().metadata(), &other);
    m.clear();
    EXPECT_EQ(t.info().metadata(), &other);
}

TEST(ForeignKeys, are_resolved_when_asked_for) {
    MetaData m;
    const Table post{"post", m, Column{"author", Integer, ForeignKey("user.id")}};
    const auto& key = post.info().foreign_keys().front();
    EXPECT_EQ(key.find_referred_table(), nullptr);
    EXPECT_NE(message_of<NoReferencedTableError>([&] {
                  key.referred_table();
              }).find("'post.author' could not find table 'user'"),
              std::string::npos);
    const Table user{"user", m, Column{"id", Integer, primary_key}};
    EXPECT_EQ(&key.referred_column(0), &user.column("id"));
    EXPECT_EQ(post.column("author").foreign_keys().front(), &key);
    const Table bad{"bad", m, Column{"x", Integer, ForeignKey("user.nothing")}};
    EXPECT_THROW(bad.info().foreign_keys().front().referred_column(0), NoReferencedColumnError);
}

TEST(ForeignKeys, give_their_type_to_columns_without_one) {
    MetaData m;
    const Table c{"c", m, Column{"x", ForeignKey("b.x")}};
    const Table b{"b", m, Column{"x", ForeignKey("a.x"), primary_key}};
    EXPECT_EQ(c.column("x").type().kind, TypeKind::null);
    const Table a{"a", m, Column{"x", String(7), primary_key}};
    EXPECT_EQ(b.column("x").type(), String(7).sql_type());
    EXPECT_EQ(c.column("x").type(), String(7).sql_type());
}

TEST(SortedTables, come_level_by_level_in_the_order_of_addition) {
    MetaData m;
    const Table post{"post", m, Column{"id", Integer, primary_key}, Column{"a", Integer, ForeignKey("user.id")}};
    const Table tag{"tag", m, Column{"id", Integer, primary_key}};
    const Table link{"link", m, Column{"p", Integer, ForeignKey("post.id")},
                     Column{"t", Integer, ForeignKey("tag.id")}};
    const Table user{"user", m, Column{"id", Integer, primary_key}};
    const Table tree{"tree", m, Column{"id", Integer, primary_key}, Column{"up", Integer, ForeignKey("tree.id")}};
    EXPECT_EQ(names_of(m.sorted_tables()), (Names{"tag", "user", "tree", "post", "link"}));
}

TEST(SortedTables, a_cycle_does_not_count) {
    MetaData m;
    const Table last{"last", m, Column{"x", Integer, ForeignKey("p.id")}};
    const Table p{"p", m, Column{"id", Integer, primary_key}, Column{"q", Integer, ForeignKey("q.id")}};
    const Table q{"q", m, Column{"id", Integer, primary_key}, Column{"p", Integer, ForeignKey("p.id")}};
    EXPECT_EQ(names_of(m.sorted_tables()), (Names{"p", "q", "last"}));
}

TEST(Naming, convention_names_what_has_no_name) {
    MetaData m{
        MetaDataOptions{.naming_convention = {.ix = "ix_%(column_0_N_name)s",
                                              .uq = "uq_%(table_name)s_%(column_0_name)s",
                                              .ck = "ck_%(table_name)s_%(constraint_name)s",
                                              .fk = "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s_%("
                                                    "referred_column_0_name)s",
                                              .pk = "pk_%(table_name)s"}}};
    const Table p{"p", m, Column{"id", Integer, primary_key}};
    const Table c{"c",
                  m,
                  Column{"x", Integer, ForeignKey("p.id"), unique},
                  Column{"y", Integer},
                  CheckConstraint("y > 1", name("pos")),
                  UniqueConstraint("y", name("given")),
                  Index("", "x", "y"),
                  CheckConstraint("1")};
    EXPECT_EQ(constraint_name(c.info().foreign_keys().front()), "fk_c_x_p_id");
    EXPECT_EQ(constraint_name(p.info().primary_key_constraint()), "pk_p");
    EXPECT_EQ(constraint_name(c.info().check_constraints().front()), "ck_c_pos");
    EXPECT_EQ(c.info().indexes().front().name(), "ix_x_y");
    EXPECT_EQ(constraint_name(c.info().unique_constraints().front()), "uq_c_x");
    EXPECT_EQ(constraint_name(c.info().unique_constraints().back()), "given");
    EXPECT_THROW(constraint_name(c.info().check_constraints().back()), InvalidRequestError);
}

TEST(Naming, unknown_token_is_refused) {
    MetaData m{MetaDataOptions{.naming_convention = {.uq = "%(colour)s"}}};
    const Table t{"t", m, Column{"x", Integer, unique}};
    EXPECT_NE(message_of<InvalidRequestError>([&] {
                  constraint_name(t.info().unique_constraints().front());
              }).find("%(colour)s"),
              std::string::npos);
}

TEST(ColumnsAsExpressions, know_their_column_and_check_the_type_that_is_asked_for) {
    MetaData m;
    const Table t{"t", m, Column{"id", Integer, primary_key}, Column{"name", Text}};
    const auto node = t.c<int>("id").node();
    ASSERT_EQ(node->kind(), NodeKind::column);
    EXPECT_EQ(static_cast<const ColumnNode&>(*node).info(), &t.column("id"));
    EXPECT_EQ(t.c("name").node()->type(), Text.sql_type());
    EXPECT_NO_THROW(t.c<std::optional<std::string>>("name"));
    EXPECT_THROW(t.c<int>("name"), ArgumentError);
    EXPECT_THROW(t.c<std::string>("id"), ArgumentError);
    EXPECT_THROW(t.c("none"), NoSuchColumnError);
}

TEST(ColumnsAsExpressions, keep_their_table_alive) {
    ColumnExpr<int> id;
    {
        MetaData m;
        const Table t{"t", m, Column{"id", Integer, primary_key}};
        id = ColumnExpr<int>(t.c<int>("id").node());
    }
    EXPECT_EQ(static_cast<const ColumnNode&>(*id.node()).name(), "id");
}

// At namespace scope, as programs write them.
MetaData& global_metadata() {
    static MetaData metadata;
    return metadata;
}
const Table link{"link", global_metadata(), Column{"a", Integer, ForeignKey("a.id")},
                 Column{"b", Integer, ForeignKey("b.id")}};

TEST(TablesAtNamespaceScope, are_in_their_metadata) { EXPECT_EQ(global_metadata().find("link"), &link.info()); }

}  // namespace
}  // namespace aludel
