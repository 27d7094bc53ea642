// The statements of create_all and drop_all, in their order, on a database that only remembers.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

#include "aludel/base/error.hpp"
#include "aludel/dialects/dialects.hpp"
#include "aludel/sql/schema/table.hpp"

namespace aludel {
namespace {

using Statements = std::vector<std::string>;

/// Writes down what is executed, the first words of CREATE TABLE only, and answers queries for the tables that "exist".
class Recorder : public SchemaTarget {
  public:
    explicit Recorder(const Dialect& used, std::vector<std::string> existing = {})
        : dialect(used), existing_tables(std::move(existing)) {}

    void run_schema(const Work& work) const override {
        Executor executor(*this);
        log.push_back("BEGIN");
        work(executor);
        log.push_back("COMMIT");
    }

    const Dialect& dialect;
    std::vector<std::string> existing_tables;
    mutable Statements log;

  private:
    class Executor : public SchemaExecutor {
      public:
        explicit Executor(const Recorder& owner) : owner_(owner) {}
        const Dialect& dialect() const override { return owner_.dialect; }
        void execute(std::string_view ddl) override { owner_.log.emplace_back(ddl.substr(0, ddl.find(" (\n"))); }
        bool has_row(std::string_view query) override {
            owner_.log.emplace_back(query);
            return std::any_of(owner_.existing_tables.begin(), owner_.existing_tables.end(),
                               [&](const std::string& table) {
                                   return query == table || query == "PRAGMA main.table_info(\"" + table + "\")";
                               });
        }
        std::vector<std::vector<std::optional<std::string>>> rows(std::string_view) override { return {}; }

      private:
        const Recorder& owner_;
    };
};

struct CreateDrop : testing::Test {
    MetaData m;
};

TEST_F(CreateDrop, create_all_asks_for_each_table_then_creates_in_order_of_dependency) {
    const Table post{"post", m, Column{"id", Integer, primary_key},
                     Column{"author", Integer, ForeignKey("user.id"), indexed}};
    const Table user{"user", m, Column{"id", Integer, primary_key}};
    const Recorder database(dialects::sqlite());
    m.create_all(database);
    EXPECT_EQ(database.log,
              (Statements{"BEGIN", "PRAGMA main.table_info(\"post\")", "PRAGMA temp.table_info(\"post\")",
                          "PRAGMA main.table_info(\"user\")", "PRAGMA temp.table_info(\"user\")", "CREATE TABLE user",
                          "CREATE TABLE post", "CREATE INDEX ix_post_author ON post (author)", "COMMIT"}));
}

TEST_F(CreateDrop, create_all_leaves_existing_tables_alone) {
    const Table a{"a", m, Column{"id", Integer, primary_key, indexed}};
    const Table b{"b", m, Column{"id", Integer, ForeignKey("a.id")}};
    const Recorder database(dialects::sqlite(), {"a"});
    m.create_all(database);
    EXPECT_EQ(database.log, (Statements{"BEGIN", "PRAGMA main.table_info(\"a\")", "PRAGMA main.table_info(\"b\")",
                                        "PRAGMA temp.table_info(\"b\")", "CREATE TABLE b", "COMMIT"}));
}

TEST_F(CreateDrop, without_checkfirst_nobody_is_asked) {
    const Table a{"a", m, Column{"id", Integer}};
    const Recorder database(dialects::sqlite());
    m.create_all(database, CheckFirst::no);
    m.drop_all(database, CheckFirst::no);
    EXPECT_EQ(database.log, (Statements{"BEGIN", "CREATE TABLE a", "COMMIT", "BEGIN", "DROP TABLE a", "COMMIT"}));
}

TEST_F(CreateDrop, drop_all_drops_what_exists_in_reverse_order) {
    const Table a{"a", m, Column{"id", Integer, primary_key}};
    const Table b{"b", m, Column{"id", Integer, ForeignKey("a.id")}};
    const Table c{"c", m, Column{"id", Integer}};
    const Recorder database(dialects::sqlite(), {"a", "b"});
    m.drop_all(database);
    EXPECT_EQ(database.log, (Statements{"BEGIN", "PRAGMA main.table_info(\"a\")", "PRAGMA main.table_info(\"b\")",
                                        "PRAGMA main.table_info(\"c\")", "PRAGMA temp.table_info(\"c\")",
                                        "DROP TABLE b", "DROP TABLE a", "COMMIT"}));
}

TEST_F(CreateDrop, only_the_tables_that_are_named) {
    const Table a{"a", m, Column{"id", Integer}};
    const Table b{"b", m, Column{"id", Integer}};
    const Recorder database(dialects::sqlite());
    m.create_all(database, {&b.info()}, CheckFirst::no);
    b.drop(database, CheckFirst::no);
    a.create(database, CheckFirst::no);
    EXPECT_EQ(database.log, (Statements{"BEGIN", "CREATE TABLE b", "COMMIT", "BEGIN", "DROP TABLE b", "COMMIT", "BEGIN",
                                        "CREATE TABLE a", "COMMIT"}));
}

TEST_F(CreateDrop, cycle_is_closed_by_alter_table_and_opened_by_name) {
    const Table p{"p", m, Column{"id", Integer, primary_key}, Column{"q", Integer, ForeignKey("q.id", name("fk_pq"))}};
    const Table q{"q", m, Column{"id", Integer, primary_key}, Column{"p", Integer, ForeignKey("p.id", name("fk_qp"))}};
    const Recorder postgresql(dialects::postgresql());
    m.create_all(postgresql, CheckFirst::no);
    m.drop_all(postgresql, CheckFirst::no);
    EXPECT_EQ(postgresql.log,
              (Statements{"BEGIN", "CREATE TABLE p", "CREATE TABLE q",
                          "ALTER TABLE p ADD CONSTRAINT fk_pq FOREIGN KEY(q) REFERENCES q (id)",
                          "ALTER TABLE q ADD CONSTRAINT fk_qp FOREIGN KEY(p) REFERENCES p (id)", "COMMIT", "BEGIN",
                          "ALTER TABLE p DROP CONSTRAINT fk_pq", "ALTER TABLE q DROP CONSTRAINT fk_qp", "DROP TABLE q",
                          "DROP TABLE p", "COMMIT"}));
}

TEST_F(CreateDrop, cycle_of_keys_without_name_cannot_be_dropped_where_alter_is_needed) {
    const Table p{"p", m, Column{"id", Integer, primary_key}, Column{"q", Integer, ForeignKey("q.id")}};
    const Table q{"q", m, Column{"id", Integer, primary_key}, Column{"p", Integer, ForeignKey("p.id")}};
    const Recorder postgresql(dialects::postgresql());
    m.create_all(postgresql, CheckFirst::no);
    EXPECT_THROW(m.drop_all(postgresql, CheckFirst::no), CircularDependencyError);
    const Recorder sqlite(dialects::sqlite());
    m.create_all(sqlite, CheckFirst::no);
    m.drop_all(sqlite, CheckFirst::no);
    EXPECT_EQ(sqlite.log, (Statements{"BEGIN", "CREATE TABLE p", "CREATE TABLE q", "COMMIT", "BEGIN",
                                      "PRAGMA defer_foreign_keys = ON", "DROP TABLE p", "DROP TABLE q", "COMMIT"}));
}

TEST_F(CreateDrop, use_alter_keeps_a_key_out_of_the_order) {
    const Table p{"p", m, Column{"id", Integer, primary_key},
                  Column{"q", Integer, ForeignKey("q.id", use_alter, name("fk_pq"))}};
    const Table q{"q", m, Column{"id", Integer, primary_key}, Column{"p", Integer, ForeignKey("p.id")}};
    const Recorder mysql(dialects::mysql());
    m.create_all(mysql, CheckFirst::no);
    m.drop_all(mysql, CheckFirst::no);
    EXPECT_EQ(mysql.log,
              (Statements{"BEGIN", "CREATE TABLE p", "CREATE TABLE q",
                          "ALTER TABLE p ADD CONSTRAINT fk_pq FOREIGN KEY(q) REFERENCES q (id)", "COMMIT", "BEGIN",
                          "ALTER TABLE p DROP FOREIGN KEY fk_pq", "DROP TABLE q", "DROP TABLE p", "COMMIT"}));
}

enum class Mood { good, bad };

TEST_F(CreateDrop, enumeration_types_are_created_once_and_dropped_last) {
    const Table a{"a", m, Column{"x", type_of<Mood>}};
    const Table b{"b", m, Column{"y", type_of<Mood>, comment("how it goes")}};
    const Recorder postgresql(dialects::postgresql());
    m.create_all(postgresql, CheckFirst::no);
    m.drop_all(postgresql, CheckFirst::no);
    EXPECT_EQ(postgresql.log, (Statements{"BEGIN", "CREATE TYPE mood AS ENUM ('good', 'bad')", "CREATE TABLE a",
                                          "CREATE TABLE b", "COMMENT ON COLUMN b.y IS 'how it goes'", "COMMIT", "BEGIN",
                                          "DROP TABLE b", "DROP TABLE a", "DROP TYPE mood", "COMMIT"}));
}

TEST_F(CreateDrop, table_in_a_schema_is_looked_for_there) {
    const Table a{"a\"b", m, schema("acc"), Column{"id", Integer}};
    const Recorder sqlite(dialects::sqlite());
    m.create_all(sqlite);
    EXPECT_EQ(sqlite.log,
              (Statements{"BEGIN", "PRAGMA \"acc\".table_info(\"a\"\"b\")", "CREATE TABLE acc.\"a\"\"b\"", "COMMIT"}));
}

enum class Shade { dark, light };

TEST_F(CreateDrop, sequences_and_types_that_exist_are_left_alone) {
    const Table t{"t", m, Column{"id", Integer, Sequence("acc.ids"), primary_key}, Column{"s", type_of<Shade>}};
    m.add(Sequence("numbers"));
    const Recorder database(dialects::postgresql());
    m.create_all(database);
    const std::string tables =
        "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
        "c.relnamespace WHERE ";
    const std::string has_numbers =
        tables + "c.relkind = 'S' AND pg_catalog.pg_table_is_visible(c.oid) AND c.relname = 'numbers'";
    const std::string has_ids = tables + "c.relkind = 'S' AND n.nspname = 'acc' AND c.relname = 'ids'";
    const std::string has_t = tables + "pg_catalog.pg_table_is_visible(c.oid) AND c.relname = 't'";
    const std::string has_shade =
        "SELECT t.typname FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE "
        "pg_catalog.pg_type_is_visible(t.oid) AND t.typname = 'shade'";
    EXPECT_EQ(database.log, (Statements{"BEGIN", has_numbers, "CREATE SEQUENCE numbers START WITH 1", has_t, has_shade,
                                        "CREATE TYPE shade AS ENUM ('dark', 'light')", has_ids,
                                        "CREATE SEQUENCE acc.ids START WITH 1", "CREATE TABLE t", "COMMIT"}));
    const Recorder full(dialects::postgresql(), {has_numbers, has_ids, has_t, has_shade});
    m.create_all(full);
    EXPECT_EQ(full.log, (Statements{"BEGIN", has_numbers, has_t, "COMMIT"}));
    full.log.clear();
    m.drop_all(full);
    EXPECT_EQ(full.log, (Statements{"BEGIN", has_t, "DROP TABLE t", has_ids, "DROP SEQUENCE acc.ids", has_numbers,
                                    "DROP SEQUENCE numbers", has_shade, "DROP TYPE shade", "COMMIT"}));
    const Recorder unasked(dialects::postgresql());
    m.drop_all(unasked, CheckFirst::no);
    EXPECT_EQ(unasked.log, (Statements{"BEGIN", "DROP TABLE t", "DROP SEQUENCE acc.ids", "DROP SEQUENCE numbers",
                                       "DROP TYPE shade", "COMMIT"}));
}

TEST_F(CreateDrop, databases_without_sequences_pass_over_them) {
    const Table t{"t", m, Column{"id", Integer, Sequence("ids"), primary_key}};
    m.add(Sequence("numbers"));
    const Recorder database(dialects::sqlite());
    m.create_all(database, CheckFirst::no);
    m.drop_all(database, CheckFirst::no);
    EXPECT_EQ(database.log, (Statements{"BEGIN", "CREATE TABLE t", "COMMIT", "BEGIN", "DROP TABLE t", "COMMIT"}));
}

TEST_F(CreateDrop, a_type_that_two_tables_share_is_made_once) {
    const Table a{"a", m, Column{"s", type_of<Shade>}};
    const Table b{"b", m, Column{"s", ARRAY(type_of<Shade>)}};
    const Recorder database(dialects::postgresql());
    m.create_all(database, CheckFirst::no);
    EXPECT_EQ(database.log, (Statements{"BEGIN", "CREATE TYPE shade AS ENUM ('dark', 'light')", "CREATE TABLE a",
                                        "CREATE TABLE b", "COMMIT"}));
}

}  // namespace
}  // namespace aludel
