// What every database says about its tables: the model is the tables that were created.
#include "compliance/compliance.hpp"

#include "support/reflection_text.hpp"

#include <aludel/sql/schema/inspector.hpp>

#include <algorithm>

namespace aludel::test::compliance {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::ThrowsMessage;

class Reflection : public EmptyDatabaseTest {
  protected:
    void SetUp() override {
        EmptyDatabaseTest::SetUp();
        if (!IsSkipped()) metadata.create_all(engine);
    }
    Lines facts(const Engine& source, std::string_view table) const {
        Inspector inspector = inspect(source);
        return facts_of(inspector, source.dialect(), table);
    }

    MetaData metadata;
    Table country{"country",
                  metadata,
                  Column{"code", String(2), primary_key},
                  Column{"title", String(60), not_null},
                  Column{"continent", String(20)},
                  Column{"population", BigInteger, server_default(7)},
                  UniqueConstraint("title", "continent", aludel::name("uq_country_title"))};
    Table person{"person",
                 metadata,
                 Column{"id", Integer, primary_key},
                 Column{"name", String(40), not_null, server_default("it's")},
                 Column{"small", SmallInteger},
                 Column{"balance", Numeric(12, 2), server_default(raw_sql("0"))},
                 Column{"born", Date},
                 Column{"home", String(2), ForeignKey("country.code", aludel::name("fk_home"), ondelete("CASCADE"))},
                 Column{"boss_id", Integer, ForeignKey("person.id", aludel::name("fk_boss"), ondelete("SET NULL"))},
                 CheckConstraint("balance >= 0", aludel::name("ck_balance")),
                 Index("ix_person_name", "name", "born"),
                 Index("ix_person_home", "home", "small", unique)};
    Table trip{"trip",
               metadata,
               Column{"day", Integer, primary_key, no_autoincrement},
               Column{"person_id", Integer, ForeignKey("person.id", aludel::name("fk_trip_person")), primary_key},
               Column{"twice", Integer, computed("day * 2", persisted)},
               PrimaryKeyConstraint("person_id", "day")};
    Table stop{
        "stop",
        metadata,
        Column{"id", Integer, primary_key},
        Column{"person_id", Integer},
        Column{"day", Integer},
        ForeignKeyConstraint({"person_id", "day"}, {"trip.person_id", "trip.day"}, aludel::name("fk_stop_trip"))};
};
ALUDEL_ON_EVERY_DATABASE(Reflection);

TEST_P(Reflection, lists_the_tables) {
    Inspector inspector = inspect(engine);
    EXPECT_THAT(inspector.get_table_names(), ElementsAre("country", "person", "stop", "trip"));
    EXPECT_THAT(inspector.get_sorted_table_names(), ElementsAre("country", "person", "trip", "stop"));
    EXPECT_THAT(inspector.get_view_names(), IsEmpty());
    EXPECT_THAT(inspector.get_schema_names(), Contains(inspector.default_schema_name()));
}

TEST_P(Reflection, columns_have_their_names_and_order) {
    Inspector inspector = inspect(engine);
    Lines found;
    for (const auto& column : inspector.get_columns("person")) found.push_back(column.name);
    Lines made;
    for (const auto& column : person.info().columns()) made.push_back(column.name());
    EXPECT_EQ(found, made);
}

TEST_P(Reflection, columns_have_their_types) {
    Inspector inspector = inspect(engine);
    for (const auto* table : {&country, &person, &trip}) {
        const auto columns = inspector.get_columns(table->name());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto& made = table->info().columns()[i].type();
            EXPECT_EQ(columns[i].type.kind, made.kind) << columns[i].name << ' ' << columns[i].type_text;
            EXPECT_EQ(columns[i].type.length, made.length) << columns[i].name << ' ' << columns[i].type_text;
            if (made.kind != TypeKind::numeric) continue;
            EXPECT_EQ(columns[i].type.precision, made.precision) << columns[i].name;
            EXPECT_EQ(columns[i].type.scale, made.scale) << columns[i].name;
        }
    }
}

TEST_P(Reflection, columns_know_whether_they_take_null) {
    Inspector inspector = inspect(engine);
    for (const auto* table : {&country, &person, &trip, &stop}) {
        const auto columns = inspector.get_columns(table->name());
        for (std::size_t i = 0; i < columns.size(); ++i)
            EXPECT_EQ(columns[i].nullable, table->info().columns()[i].nullable()) << columns[i].name;
    }
}

TEST_P(Reflection, server_defaults_are_sql) {
    Inspector inspector = inspect(engine);
    const auto columns = inspector.get_columns("person");
    EXPECT_THAT(columns[1].server_default.value_or("none"), HasSubstr("'it''s'"));
    EXPECT_THAT(columns[3].server_default.value_or("none"), HasSubstr("0"));
    EXPECT_FALSE(columns[2].server_default);
    EXPECT_FALSE(columns[4].server_default);
}

TEST_P(Reflection, computed_columns_have_their_sql) {
    Inspector inspector = inspect(engine);
    const auto columns = inspector.get_columns("trip");
    ASSERT_TRUE(columns[2].computed);
    EXPECT_THAT(columns[2].computed->sql, HasSubstr("* 2"));
    EXPECT_EQ(columns[2].computed->persisted, true);
    EXPECT_FALSE(columns[2].server_default);
    EXPECT_FALSE(columns[0].computed);
}

TEST_P(Reflection, primary_keys_have_their_order) {
    Inspector inspector = inspect(engine);
    EXPECT_THAT(inspector.get_pk_constraint("person").columns, ElementsAre("id"));
    EXPECT_THAT(inspector.get_pk_constraint("trip").columns, ElementsAre("person_id", "day"));
}

TEST_P(Reflection, foreign_keys_have_their_names_targets_and_rules) {
    Inspector inspector = inspect(engine);
    auto keys = inspector.get_foreign_keys("person");
    std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return a.rules.name < b.rules.name; });
    ASSERT_EQ(keys.size(), 2u);
    EXPECT_EQ(text_of(keys[0]), "foreign key 'fk_boss' (boss_id) to person(id) on delete SET NULL");
    EXPECT_EQ(text_of(keys[1]), "foreign key 'fk_home' (home) to country(code) on delete CASCADE");
    const auto composite = inspector.get_foreign_keys("stop");
    ASSERT_EQ(composite.size(), 1u);
    EXPECT_EQ(text_of(composite[0]), "foreign key 'fk_stop_trip' (person_id, day) to trip(person_id, day)");
}

TEST_P(Reflection, unique_constraints_and_checks_have_their_names) {
    Inspector inspector = inspect(engine);
    const auto uniques = inspector.get_unique_constraints("country");
    ASSERT_EQ(uniques.size(), 1u);
    EXPECT_EQ(uniques[0].name, "uq_country_title");
    EXPECT_THAT(uniques[0].columns, ElementsAre("title", "continent"));
    const auto checks = inspector.get_check_constraints("person");
    ASSERT_EQ(checks.size(), 1u);
    EXPECT_EQ(checks[0].name, "ck_balance");
    EXPECT_THAT(checks[0].sql, HasSubstr(">= "));
}

TEST_P(Reflection, indexes_have_their_columns) {
    Inspector inspector = inspect(engine);
    Lines found;
    for (auto index : inspector.get_indexes("person")) {
        index.duplicates_constraint.clear();  // one database calls every unique index a constraint
        found.push_back(text_of(index));
    }
    EXPECT_THAT(found,
                IsSupersetOf({"index ix_person_name (name, born)", "unique index ix_person_home (home, small)"}));
    EXPECT_TRUE(inspector.has_index("person", "ix_person_name"));
    EXPECT_FALSE(inspector.has_index("person", "ix_none"));
}

TEST_P(Reflection, a_view_has_columns_and_a_definition) {
    Connection connection = engine.connect();
    connection.exec_driver_sql("CREATE VIEW rich AS SELECT id, balance FROM person WHERE balance > 1000");
    connection.commit();
    Inspector inspector = inspect(connection);
    EXPECT_THAT(inspector.get_view_names(), ElementsAre("rich"));
    EXPECT_EQ(inspector.get_columns("rich").size(), 2u);
    EXPECT_THAT(inspector.get_view_definition("rich"), HasSubstr("1000"));
    MetaData views;
    const Table rich{"rich", views, autoload_with(connection)};
    EXPECT_TRUE(connection.execute(select(rich.c<int>("id"))).all().empty());
    connection.exec_driver_sql("DROP VIEW rich");
    connection.commit();
}

TEST_P(Reflection, a_table_that_does_not_exist_is_an_error_that_lists_the_others) {
    Inspector inspector = inspect(engine);
    EXPECT_FALSE(inspector.has_table("people"));
    EXPECT_THAT([&] { inspector.get_columns("people"); },
                ThrowsMessage<NoSuchTableError>(HasSubstr("There is no table 'people'. There are: country, person")));
}

TEST_P(Reflection, names_that_need_quotes_are_found) {
    MetaData odd;
    const Table order{"Order's \"table\"", odd, Column{"select", Integer, primary_key}, Column{"a b", Text},
                      Index("ix odd", "select")};
    odd.create_all(engine);
    Inspector inspector = inspect(engine);
    const auto columns = inspector.get_columns(order.name());
    ASSERT_EQ(columns.size(), 2u);
    EXPECT_EQ(columns[0].name, "select");
    EXPECT_EQ(columns[1].name, "a b");
    EXPECT_TRUE(inspector.has_index(order.name(), "ix odd"));
    odd.drop_all(engine);
    EXPECT_FALSE(inspector.has_table(order.name()));
}

TEST_P(Reflection, reflected_tables_take_part_in_statements) {
    MetaData reflected;
    const Table people{"person", reflected, autoload_with(engine)};
    EXPECT_TRUE(reflected.contains("country"));
    Connection connection = engine.connect();
    connection.execute(insert(people).values("small"_a = 3));
    connection.execute(insert(people).values("name"_a = "ed", "small"_a = 4));
    const auto rows = connection
                          .execute(select(people.c<int>("id"), people.c<std::string>("name"))
                                       .where(people.c("small") >= 3)
                                       .order_by(people.c("id")))
                          .all();
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(std::get<1>(rows[0]), "it's");
    EXPECT_EQ(std::get<0>(rows[1]), std::get<0>(rows[0]) + 1);
}

TEST_P(Reflection, what_was_reflected_creates_the_same_tables_elsewhere) {
    MetaData reflected;
    reflected.reflect(engine);
    EXPECT_EQ(reflected.tables().size(), 4u);
    Database copy{GetParam()};
    {
        const Engine other = create_engine(copy.url());
        reflected.create_all(other);
        for (const auto* name : {"country", "person", "trip", "stop"})
            EXPECT_EQ(facts(other, name), facts(engine, name)) << name;
        other.dispose();
    }
}

}  // namespace
}  // namespace aludel::test::compliance
