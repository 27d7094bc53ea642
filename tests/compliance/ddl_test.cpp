// Tables as they are created, checked, dropped, and what their constraints do.
#include <aludel/sql/compile/dialect.hpp>
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

class Ddl : public EmptyDatabaseTest {
  protected:
    bool has_table(const std::string& name) const {
        Connection connection = engine.connect();
        for (const auto& sql : connection.dialect().has_table_statements(name, ""))
            if (connection.exec_driver_sql(sql).first()) return true;
        return false;
    }
    /// Whether the statement fails with an IntegrityError.
    bool refused(const std::string& sql) const {
        Connection connection = engine.connect();
        try {
            connection.execute(text(sql));
            connection.commit();
            return false;
        } catch (const IntegrityError&) {
            return true;
        }
    }
    MetaData metadata;
};
ALUDEL_ON_EVERY_DATABASE(Ddl);

TEST_P(Ddl, tables_are_created_once_and_dropped) {
    const Table one{"one", metadata, Column{"id", Integer, primary_key}};
    EXPECT_FALSE(has_table("one"));
    metadata.create_all(engine);
    EXPECT_TRUE(has_table("one"));
    metadata.create_all(engine);
    metadata.drop_all(engine);
    EXPECT_FALSE(has_table("one"));
    metadata.drop_all(engine);
}

TEST_P(Ddl, tables_that_refer_to_each_other_are_created_in_order) {
    const Table child{"a_child", metadata, Column{"id", Integer, primary_key},
                      Column{"parent_id", Integer, ForeignKey("parent.id")}};
    const Table parent{"parent", metadata, Column{"id", Integer, primary_key}};
    metadata.create_all(engine);
    EXPECT_TRUE(refused("INSERT INTO a_child (parent_id) VALUES (1)"));
    metadata.drop_all(engine);
    EXPECT_FALSE(has_table("a_child"));
    EXPECT_FALSE(has_table("parent"));
}

TEST_P(Ddl, mapped_classes_of_the_suite_are_created_and_dropped) {
    Base::metadata().create_all(engine);
    for (const char* name : {"users", "addresses", "posts", "post_keywords", "nodes", "order", "items"})
        EXPECT_TRUE(has_table(name)) << name;
    Base::metadata().drop_all(engine);
    for (const char* name : {"users", "addresses", "posts", "post_keywords", "nodes", "order", "items"})
        EXPECT_FALSE(has_table(name)) << name;
}

TEST_P(Ddl, not_null_and_unique_are_enforced) {
    const Table table{"t", metadata, Column{"id", Integer, primary_key}, Column{"a", Integer, not_null},
                      Column{"b", String(10), unique}};
    metadata.create_all(engine);
    EXPECT_TRUE(refused("INSERT INTO t (a) VALUES (NULL)"));
    EXPECT_FALSE(refused("INSERT INTO t (a, b) VALUES (1, 'x')"));
    EXPECT_TRUE(refused("INSERT INTO t (a, b) VALUES (1, 'x')"));
    EXPECT_FALSE(refused("INSERT INTO t (a, b) VALUES (1, NULL)"));
    EXPECT_FALSE(refused("INSERT INTO t (a, b) VALUES (1, NULL)")) << "NULL is equal to nothing";
}

TEST_P(Ddl, unique_constraint_of_two_columns) {
    const Table table{"t",
                      metadata,
                      Column{"id", Integer, primary_key},
                      Column{"a", Integer},
                      Column{"b", Integer},
                      UniqueConstraint("a", "b", name("uq_ab"))};
    metadata.create_all(engine);
    EXPECT_FALSE(refused("INSERT INTO t (a, b) VALUES (1, 1)"));
    EXPECT_FALSE(refused("INSERT INTO t (a, b) VALUES (1, 2)"));
    EXPECT_TRUE(refused("INSERT INTO t (a, b) VALUES (1, 2)"));
}

TEST_P(Ddl, check_constraint) {
    const Table table{"t", metadata, Column{"id", Integer, primary_key}, Column{"a", Integer},
                      CheckConstraint("a > 0", name("positive"))};
    metadata.create_all(engine);
    EXPECT_TRUE(refused("INSERT INTO t (a) VALUES (0)"));
    EXPECT_FALSE(refused("INSERT INTO t (a) VALUES (1)"));
}

TEST_P(Ddl, ondelete_cascade_and_set_null) {
    const Table parent{"parent", metadata, Column{"id", Integer, primary_key}};
    const Table with{"goes_with", metadata, Column{"id", Integer, primary_key},
                     Column{"parent_id", Integer, ForeignKey("parent.id", ondelete("CASCADE"))}};
    const Table stays{"stays", metadata, Column{"id", Integer, primary_key},
                      Column{"parent_id", Integer, ForeignKey("parent.id", ondelete("SET NULL"))}};
    metadata.create_all(engine);
    engine.begin([](Connection& connection) {
        connection.execute(text("INSERT INTO parent (id) VALUES (1)"));
        connection.execute(text("INSERT INTO goes_with (parent_id) VALUES (1)"));
        connection.execute(text("INSERT INTO stays (parent_id) VALUES (1)"));
        connection.execute(text("DELETE FROM parent"));
    });
    EXPECT_EQ(committed<int>("SELECT count(*) FROM goes_with"), 0);
    EXPECT_EQ(committed<int>("SELECT count(*) FROM stays WHERE parent_id IS NULL"), 1);
}

TEST_P(Ddl, indexes_are_created_with_their_table) {
    const Table table{"t",
                      metadata,
                      Column{"id", Integer, primary_key},
                      Column{"a", Integer, indexed},
                      Column{"b", String(20)},
                      Index("ix_b_a", "b", descending("a"))};
    metadata.create_all(engine);
    engine.begin([](Connection& connection) { connection.execute(text("INSERT INTO t (a, b) VALUES (1, 'x')")); });
    EXPECT_EQ(committed<int>("SELECT a FROM t WHERE b = 'x'"), 1);
}

TEST_P(Ddl, unique_index_is_enforced) {
    const Table table{"t", metadata, Column{"id", Integer, primary_key}, Column{"a", Integer},
                      Index("ux_a", "a", unique)};
    metadata.create_all(engine);
    EXPECT_FALSE(refused("INSERT INTO t (a) VALUES (1)"));
    EXPECT_TRUE(refused("INSERT INTO t (a) VALUES (1)"));
}

TEST_P(Ddl, server_defaults_of_several_kinds) {
    const Table table{"t",
                      metadata,
                      Column{"id", Integer, primary_key},
                      Column{"word", String(20), server_default("it's")},
                      Column{"number", Integer, server_default(text("42"))},
                      Column{"moment", DateTime, server_default(func::current_timestamp())}};
    metadata.create_all(engine);
    engine.begin([&](Connection& connection) { connection.execute(insert(table)); });
    EXPECT_EQ(committed<std::string>("SELECT word FROM t"), "it's");
    EXPECT_EQ(committed<int>("SELECT number FROM t"), 42);
    EXPECT_EQ(committed<int>("SELECT count(*) FROM t WHERE moment IS NOT NULL"), 1);
}

TEST_P(Ddl, long_names_are_kept_or_refused) {
    const std::string name(60, 'n');
    const Table table{name, metadata, Column{"id", Integer, primary_key},
                      Column{std::string(60, 'c'), Integer, indexed}};
    metadata.create_all(engine);
    Connection connection = engine.connect();
    connection.execute(insert(table).values("id"_a = 2));
    EXPECT_EQ(connection.scalar(select(table.c<int>("id"))), 2);
}

TEST_P(Ddl, names_that_differ_in_case_are_different_columns_or_quoted) {
    const Table table{"MixedCase", metadata, Column{"Id", Integer, primary_key}, Column{"UPPER", Integer}};
    metadata.create_all(engine);
    EXPECT_TRUE(has_table("MixedCase"));
    Connection connection = engine.connect();
    connection.execute(insert(table).values("UPPER"_a = 5));
    EXPECT_EQ(connection.scalar(select(table.c<int>("UPPER"))), 5);
    connection.rollback();
    metadata.drop_all(engine);
    EXPECT_FALSE(has_table("MixedCase"));
}

TEST_P(Ddl, hostile_names_are_names) {
    for (const char* name : {"x\"; DROP TABLE users; --", "x`; DROP TABLE users; --", "a.b", "it's", "%s", ":x", "?"}) {
        MetaData own;
        const Table table{name, own, Column{"id", Integer, primary_key}, Column{std::string(name) + "2", Integer}};
        own.create_all(engine);
        EXPECT_TRUE(has_table(name)) << name;
        own.drop_all(engine);
        EXPECT_FALSE(has_table(name)) << name;
    }
}

TEST_P(Ddl, created_tables_are_gone_after_a_rollback) {
    ALUDEL_NEEDS(transactional_ddl);
    const Table table{"t", metadata, Column{"id", Integer, primary_key}};
    Connection connection = engine.connect();
    metadata.create_all(connection);
    connection.rollback();
    EXPECT_FALSE(has_table("t"));
}

TEST_P(Ddl, autoincrement_goes_on_after_given_keys) {
    const Table table{"t", metadata, Column{"id", Integer, primary_key}, Column{"a", Integer}};
    metadata.create_all(engine);
    Connection connection = engine.connect();
    const auto key = [&] { return connection.execute(insert(table).values("a"_a = 1)).inserted_primary_key().at(0); };
    EXPECT_EQ(key(), Value::of(1));
    EXPECT_EQ(key(), Value::of(2));
    connection.execute(delete_(table).where(table.c<int>("id") == 1));
    EXPECT_EQ(key(), Value::of(3));
}

}  // namespace
}  // namespace aludel::test::compliance
