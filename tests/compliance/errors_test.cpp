// What goes wrong has the same class everywhere, names what it can, and leaves everything usable.
#include "compliance/compliance.hpp"

namespace aludel::test::compliance {
namespace {

using ::testing::HasSubstr;

class Errors : public ComplianceTest {
  protected:
    /// The error of this class that `work` ends with.
    template <class Expected, class Work>
    static Expected caught(Work&& work) {
        try {
            work();
        } catch (const Expected& error) {
            return error;
        }
        throw std::logic_error("no error of this class");
    }
    /// The error of a statement on a connection of its own.
    template <class Expected>
    Expected error_of(const std::string& sql) const {
        Connection connection = engine.connect();
        return caught<Expected>([&] { connection.execute(text(sql)); });
    }
};
ALUDEL_ON_EVERY_DATABASE(Errors);

TEST_P(Errors, duplicate_is_an_integrity_error_with_statement_and_parameters) {
    given_users({"ed"});
    session.add(User{.name = "ed"});
    const auto error = caught<IntegrityError>([&] { session.flush(); });
    EXPECT_THAT(error.statement(), HasSubstr("INSERT INTO users"));
    EXPECT_THAT(error.parameters(), HasSubstr("'ed'"));
    EXPECT_FALSE(error.driver_message().empty());
    EXPECT_EQ(error.code(), "gkpj");
    session.rollback();
}

TEST_P(Errors, missing_value_is_an_integrity_error_that_names_its_column) {
    const auto error = error_of<IntegrityError>("INSERT INTO users (name, active) VALUES (NULL, NULL)");
    EXPECT_THAT(error.what(), HasSubstr("name"));
}

TEST_P(Errors, row_that_is_referred_to_cannot_be_deleted) {
    given_addresses({"a"});
    EXPECT_NO_THROW(error_of<IntegrityError>("DELETE FROM users"));
}

TEST_P(Errors, reference_to_nothing_is_an_integrity_error) {
    session.add(Address{.email = "a", .user_id = 99});
    EXPECT_THROW(session.flush(), IntegrityError);
    session.rollback();
    EXPECT_EQ(rows_of<Address>(), 0);
}

TEST_P(Errors, check_names_its_constraint) {
    engine.begin([](Connection& connection) {
        connection.execute(text("CREATE TABLE pets (age INTEGER, CONSTRAINT adult CHECK (age > 1))"));
    });
    const auto error = error_of<IntegrityError>("INSERT INTO pets (age) VALUES (0)");
    EXPECT_THAT(error.what(), HasSubstr("adult"));
    EXPECT_EQ(error.constraint(), "adult");
}

TEST_P(Errors, unknown_table_is_a_database_error_with_the_statement) {
    const auto error = error_of<DBAPIError>("SELECT * FROM nowhere");
    EXPECT_THAT(error.what(), HasSubstr("nowhere"));
    EXPECT_EQ(error.statement(), "SELECT * FROM nowhere");
    EXPECT_FALSE(error.connection_invalidated());
}

TEST_P(Errors, unknown_column_is_a_database_error) {
    EXPECT_THAT(error_of<DBAPIError>("SELECT nonsense FROM users").what(), HasSubstr("nonsense"));
}

TEST_P(Errors, broken_sql_is_a_database_error) {
    EXPECT_THAT(error_of<DBAPIError>("SELEC 1").what(), HasSubstr("SELEC"));
}

TEST_P(Errors, several_statements_in_one_text_are_refused_or_run_alone) {
    given_users({"ed"});
    Connection connection = engine.connect();
    EXPECT_THROW(connection.execute(text("SELECT 1; DELETE FROM users")), Error);
    connection.rollback();
    EXPECT_EQ(rows_of<User>(), 1);
}

TEST_P(Errors, text_that_is_too_long_is_refused_and_not_cut) {
    ALUDEL_NEEDS(lengths);
    session.add(User{.name = std::string(41, 'x')});
    EXPECT_THROW(session.flush(), DataError);
    session.rollback();
    EXPECT_EQ(rows_of<User>(), 0);
}

TEST_P(Errors, number_that_does_not_fit_is_refused_and_not_cut) {
    ALUDEL_NEEDS(integer_sizes);
    const auto error = error_of<DBAPIError>("INSERT INTO users (name, age, active) VALUES ('x', 99999999999, true)");
    EXPECT_THAT(error.what(), HasSubstr("range"));
}

TEST_P(Errors, bytes_that_are_no_text_are_kept_or_refused) {
    session.add(User{.name = "\xff\xfe"});
    if (has(GetParam(), Capability::any_bytes_in_text)) {
        session.commit();
        EXPECT_EQ(*session.get<User>(1)->name, "\xff\xfe");
    } else {
        EXPECT_THROW(session.flush(), Error);
        session.rollback();
        EXPECT_EQ(rows_of<User>(), 0);
    }
}

TEST_P(Errors, nul_in_a_text_is_kept_or_refused) {
    const std::string with_nul("a\0b", 3);
    session.add(User{.name = with_nul});
    if (has(GetParam(), Capability::nul_in_text)) {
        session.commit();
        restart();
        EXPECT_EQ(*session.get<User>(1)->name, with_nul);
    } else {
        EXPECT_THROW(session.flush(), Error);
        session.rollback();
        EXPECT_EQ(rows_of<User>(), 0);
    }
}

TEST_P(Errors, hidden_parameters_are_in_no_error) {
    const Engine discreet = another_engine({.hide_parameters = true});
    Connection connection = discreet.connect();
    const auto error =
        caught<DBAPIError>([&] { connection.execute(text("SELECT * FROM nowhere WHERE x = :x"), "x"_a = "s3cret"); });
    EXPECT_THAT(std::string(error.what()), ::testing::Not(HasSubstr("s3cret")));
}

TEST_P(Errors, null_in_a_column_without_place_for_it_names_the_column) {
    Connection connection = engine.connect();
    const auto error =
        caught<StatementError>([&] { (void)connection.execute(text("SELECT NULL AS answer").columns<int>()).one(); });
    EXPECT_THAT(error.what(), HasSubstr("answer"));
}

TEST_P(Errors, text_in_a_column_of_numbers_names_the_column) {
    Connection connection = engine.connect();
    const auto error =
        caught<StatementError>([&] { (void)connection.execute(text("SELECT 'x' AS answer").columns<int>()).one(); });
    EXPECT_THAT(error.what(), HasSubstr("answer"));
}

TEST_P(Errors, connection_is_usable_after_every_kind_of_error) {
    Connection connection = engine.connect();
    for (const char* sql :
         {"SELEC 1", "SELECT * FROM nowhere", "INSERT INTO users (id) VALUES (1)", "SELECT nonsense FROM users"}) {
        EXPECT_THROW(connection.execute(text(sql)), DBAPIError) << sql;
        connection.rollback();
        EXPECT_EQ(connection.execute(text("SELECT 1")).scalar_one<int>(), 1);
        connection.rollback();
    }
}

TEST_P(Errors, objects_name_themselves_when_a_flush_fails) {
    given_users({"ed"});
    session.add(User{.name = "ed"});
    try {
        (void)session.query<User>().all();
        FAIL();
    } catch (const IntegrityError& error) {
        EXPECT_THAT(error.what(), HasSubstr("autoflush"));
    }
    session.rollback();
}

}  // namespace
}  // namespace aludel::test::compliance
