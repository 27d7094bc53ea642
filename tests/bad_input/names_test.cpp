// Names that try to be SQL, in every place that takes a name: quoted and of use, or refused. A table that they attack
// survives all of them.
#include <aludel/aludel.hpp>
#include <aludel/sql/compile/dialect.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#define ALUDEL_TEST_HOSTILE "a\"b'; DROP TABLE victim; --"

namespace aludel::test {
namespace {

constexpr std::string_view hostile = ALUDEL_TEST_HOSTILE;

Table numbers() {
    static MetaData metadata;
    static const Table table{"numbers", metadata, Column{"id", Integer, primary_key}, Column{"word", String}};
    return table;
}

/// One place for a name.
struct Place {
    const char* what;
    std::function<void(Connection&, const std::string&)> use;
    /// What the error says; empty: the name works.
    std::string_view refusal = {};
    friend std::ostream& operator<<(std::ostream& out, const Place& place) { return out << place.what; }
};

/// A table of this one column or with these items is made, filled, read and dropped.
template <class... Items>
void use_table(Connection& connection, const std::string& name, const Items&... items) {
    MetaData metadata;
    const Table table{name, metadata, items...};
    metadata.create_all(connection);
    connection.execute(insert(table).values("id"_a = 1));
    EXPECT_EQ(connection.execute(select(func::count()).select_from(table)).scalar_one(), 1);
    metadata.drop_all(connection);
}

int one_id(Connection& connection, const auto& statement) {
    return std::optional<int>(connection.execute(statement).scalar_one()).value();
}

const std::vector<Place>& places() {
    static const auto id = numbers().c<int>("id");
    static const auto word = numbers().c<std::string>("word");
    static const Column key{"id", Integer, primary_key};
    static const std::vector<Place> all{
        {"table", [](auto& c, auto& name) { use_table(c, name, key); }},
        {"column", [](auto& c, auto& name) { use_table(c, "t", key, Column{name, Integer}); }},
        {"column_with_index", [](auto& c, auto& name) { use_table(c, "t", key, Column{name, Integer, indexed}); }},
        {"index", [](auto& c, auto& name) { use_table(c, "t", key, Index(name, "id")); }},
        {"index_of_column",
         [](auto& c, auto& name) { use_table(c, "t", key, Column{name, Integer}, Index("ix", name)); }},
        {"unique_constraint_of_column",
         [](auto& c, auto& name) { use_table(c, "t", key, Column{name, Integer}, UniqueConstraint(name, "id")); }},
        {"label", [](auto& c, auto& name) { EXPECT_EQ(one_id(c, select(id.label(name)).order_by(name)), 1); }},
        {"alias",
         [](auto& c, auto& name) {
             const auto other = alias(numbers(), name);
             EXPECT_EQ(one_id(c, select(other.template c<int>("id"))), 1);
         }},
        {"cte",
         [](auto& c, auto& name) {
             const auto with = select(id).cte(name);
             EXPECT_EQ(one_id(c, select(with.template c<int>("id"))), 1);
         }},
        {"subquery",
         [](auto& c, auto& name) {
             const auto inner = select(id).subquery(name);
             EXPECT_EQ(one_id(c, select(inner.template c<int>("id"))), 1);
         }},
        {"column_of_no_table",
         [](auto& c, auto& name) {
             const auto inner = select(id.label(name)).subquery("inner");
             EXPECT_EQ(one_id(c, select(column<int>(name)).select_from(inner)), 1);
         }},
        {"order_by_text", [](auto& c, auto& name) { one_id(c, select(id).order_by(name)); },
         "Can't resolve label reference"},
        {"collation", [](auto& c, auto& name) { c.execute(select(id).order_by(word.collate(name))); },
         "no such collation sequence: a\"b'; DROP TABLE victim; --"},
        {"function", [](auto& c, auto& name) { c.execute(select(func::call<int>(name, id))); },
         "no such function: a\"b'; DROP TABLE victim; --"},
        {"extract", [](auto&, auto& name) { (void)extract(name, literal(1)); }, "name of a field"},
        {"schema", [](auto& c, auto& name) { use_table(c, "t", schema(name), key); }, "unknown database"},
        {"foreign_key_targets",
         [](auto& c, auto& name) {
             MetaData metadata;
             const Table parent{name, metadata, Column{name, Integer, primary_key}};
             const Table child{"child", metadata, key, Column{"parent", Integer},
                               ForeignKeyConstraint({"parent"}, {name + "." + name})};
             metadata.create_all(c);
             EXPECT_EQ(c.execute(select(func::count()).select_from(child).join(parent)).scalar_one(), 0);
             metadata.drop_all(c);
         }},
        {"parameter_with_value",
         [](auto& c, auto& name) { EXPECT_EQ(one_id(c, select(id).where(id == bindparam(name, 1))), 1); }},
        {"parameter_without_value",
         [](auto& c, auto& name) { c.execute(select(id).where(id == bindparam<int>(name))); },
         "A value is required for bind parameter"},
        {"names_of_executemany",
         [](auto& c, auto& name) {
             const std::vector<std::string> names{name};
             c.execute_many(insert(numbers()), names, std::vector<ParameterRow>{{Value::of(1)}});
         },
         "Unconsumed column names"},
        {"column_that_a_table_lacks", [](auto&, auto& name) { (void)numbers().c(name); }, "numbers"},
    };
    return all;
}

class Names : public ::testing::TestWithParam<Place> {
  protected:
    Names() {
        engine.begin([](Connection& connection) {
            connection.exec_driver_sql("CREATE TABLE victim (x)");
            connection.exec_driver_sql("INSERT INTO victim VALUES (5)");
            connection.exec_driver_sql("CREATE TABLE numbers (id INTEGER PRIMARY KEY, word TEXT)");
            connection.exec_driver_sql("INSERT INTO numbers VALUES (1, 'one')");
        });
    }

    /// What the error says, or nothing.
    std::string use(const std::string& name) {
        Connection connection = engine.connect();
        try {
            GetParam().use(connection, name);
            connection.commit();
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }
    void expect_that_the_victim_lives() {
        EXPECT_EQ(engine.connect().exec_driver_sql("SELECT x FROM victim").scalar_one<int>(), 5);
        EXPECT_EQ(engine.connect().exec_driver_sql("SELECT id FROM numbers").scalar_one<int>(), 1);
    }

    Engine engine = create_engine("sqlite://");
};

TEST_P(Names, hostile_name_is_quoted_or_refused) {
    const std::string error = use(std::string(hostile));
    if (GetParam().refusal.empty())
        EXPECT_EQ(error, "");
    else
        EXPECT_NE(error.find(GetParam().refusal), std::string::npos) << error;
    expect_that_the_victim_lives();
}

TEST_P(Names, name_with_a_zero_byte_is_refused) {
    const std::string error = use(std::string("a\0'; DROP TABLE victim; --", 26));
    if (std::string_view(GetParam().what) == "parameter_with_value")
        EXPECT_EQ(error, "") << "the name does not reach SQLite, which has question marks";
    else
        EXPECT_NE(error, "");
    expect_that_the_victim_lives();
}

INSTANTIATE_TEST_SUITE_P(Places, Names, ::testing::ValuesIn(places()),
                         [](const auto& place) { return std::string(place.param.what); });

// ---- names that are known at compile time

struct Parent {
    static constexpr auto table_name = ALUDEL_TEST_HOSTILE;
    Mapped<int, primary_key, name(ALUDEL_TEST_HOSTILE)> id;
    Mapped<std::string, name("select"), check("1 = 1", name("ck " ALUDEL_TEST_HOSTILE))> word;
    static auto table_args() {
        return TableArgs{PrimaryKeyConstraint(ALUDEL_TEST_HOSTILE, name("pk " ALUDEL_TEST_HOSTILE)),
                         UniqueConstraint("select", name("uq " ALUDEL_TEST_HOSTILE)),
                         CheckConstraint("2 = 2", name("ck2 " ALUDEL_TEST_HOSTILE)),
                         Index("ix " ALUDEL_TEST_HOSTILE, "select")};
    }
};

struct Child {
    static constexpr auto table_name = "child";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey(ALUDEL_TEST_HOSTILE "." ALUDEL_TEST_HOSTILE, name("fk " ALUDEL_TEST_HOSTILE))> parent_id;
};

TEST(NamesOfClasses, hostile_names_work_in_every_option) {
    using Base = Registry<Parent, Child>;
    const Engine engine = create_engine("sqlite://");
    engine.begin([](Connection& connection) { connection.exec_driver_sql("CREATE TABLE victim (x)"); });
    Base::metadata().create_all(engine);
    Session session{engine};
    const auto parent = session.add(Parent{.id = 1, .word = "one"});
    session.flush();
    session.add(Child{.parent_id = 1});
    session.commit();
    parent->word = "two";
    session.commit();
    EXPECT_EQ(parent->word, "two");
    EXPECT_EQ(session.query<Parent>().filter(col<&Parent::id> == 1, col<&Parent::word> == "two").count(), 1);
    EXPECT_EQ((session.query<Parent, Child>().filter(col<&Child::parent_id> == col<&Parent::id>).all().size()), 1u);
    session.add(Child{.parent_id = 7});
    EXPECT_THROW(session.flush(), IntegrityError);
    session.rollback();
    session.delete_(session.query<Child>().one());
    session.delete_(parent);
    session.commit();
    const auto definition =
        session.execute(text("SELECT group_concat(sql) FROM sqlite_master").columns<std::string>()).one();
    for (const char* prefix : {"pk", "uq", "ck", "ck2", "fk", "ix"}) {
        const std::string quoted = std::string("\"") + prefix + " a\"\"b'; DROP TABLE victim; --\"";
        EXPECT_NE(definition.find(quoted), std::string::npos) << quoted << " in\n" << definition;
    }
    session.close();
    Base::metadata().drop_all(engine);
    EXPECT_EQ(engine.connect().exec_driver_sql("SELECT count(*) FROM victim").scalar_one<int>(), 0);
}

TEST(NamesOfSchemas, hostile_schema_that_exists_is_used) {
    const Engine engine = create_engine("sqlite://");
    Connection connection = engine.connect();
    connection.execution_options({.isolation_level = IsolationLevel::autocommit});
    connection.exec_driver_sql("CREATE TABLE victim (x)");
    connection.exec_driver_sql("ATTACH ':memory:' AS " + engine.dialect().quote(hostile));
    MetaData metadata;
    const Table table{"t", metadata, schema(hostile), Column{"id", Integer, primary_key},
                      Column{"word", String, indexed}};
    metadata.create_all(connection);
    connection.execute(insert(table).values("id"_a = 3, "word"_a = "x"));
    EXPECT_EQ(connection.execute(select(table.c<int>("id")).where(table.c<std::string>("word") == "x")).scalar_one(),
              3);
    metadata.drop_all(connection);
    EXPECT_EQ(connection.exec_driver_sql("SELECT count(*) FROM victim").scalar_one<int>(), 0);
}

TEST(NamesOfParameters, hostile_parameter_takes_a_value) {
    const Engine engine = create_engine("sqlite://");
    Connection connection = engine.connect();
    const auto doubled = select(bindparam<int>(hostile) * 2);
    EXPECT_EQ(connection.execute(doubled, ALUDEL_TEST_HOSTILE ""_a = 4).scalar_one(), 8);
}

}  // namespace
}  // namespace aludel::test
