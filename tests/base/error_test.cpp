#include "aludel/base/error.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

namespace aludel {
namespace {

IntegrityError unique_failure(bool hidden = false) {
    return IntegrityError(
        "(sqlite.IntegrityError) UNIQUE constraint failed: t.id", "gkpj",
        {.statement = "INSERT INTO t (id) VALUES (?)", .parameters = "(1,)", .parameters_hidden = hidden},
        {.message = "UNIQUE constraint failed: t.id",
         .sqlstate = "23000",
         .code = 1555,
         .connection_invalidated = false,
         .constraint = "pk_t",
         .table = "t",
         .columns = {"id"}});
}

TEST(ErrorTest, error_plain_prints_message_and_page) {
    const ArgumentError error("Unknown option 'x'.");
    EXPECT_STREQ(error.what(), "Unknown option 'x'.\n(Background on this error at: docs/errors.md#argument)");
    EXPECT_EQ(error.message(), "Unknown option 'x'.");
    EXPECT_EQ(error.code(), "argument");
}

TEST(ErrorTest, error_own_code_replaces_the_class_code) {
    const InvalidRequestError error("A value is required for bind parameter 'x'", "cd3x");
    EXPECT_EQ(error.code(), "cd3x");
    EXPECT_NE(std::string(error.what()).find("docs/errors.md#cd3x"), std::string::npos);
}

TEST(ErrorTest, error_with_statement_prints_as_sqlalchemy_does) {
    EXPECT_STREQ(unique_failure().what(),
                 "(sqlite.IntegrityError) UNIQUE constraint failed: t.id\n"
                 "[SQL: INSERT INTO t (id) VALUES (?)]\n"
                 "[parameters: (1,)]\n"
                 "(Background on this error at: docs/errors.md#gkpj)");
}

TEST(ErrorTest, error_without_parameters_leaves_their_line_out) {
    const OperationalError error("(sqlite.OperationalError) no such table: x", "e3q8",
                                 {.statement = "SELECT 1 FROM x"});
    EXPECT_STREQ(error.what(),
                 "(sqlite.OperationalError) no such table: x\n[SQL: SELECT 1 FROM x]\n"
                 "(Background on this error at: docs/errors.md#e3q8)");
}

TEST(ErrorTest, error_hidden_parameters_are_not_kept) {
    const IntegrityError error = unique_failure(true);
    EXPECT_EQ(std::string(error.what()).find("(1,)"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("[SQL parameters hidden due to hide_parameters=True]"), std::string::npos);
    EXPECT_TRUE(error.parameters().empty());
}

TEST(ErrorTest, integrity_error_says_what_the_driver_reported) {
    const IntegrityError error = unique_failure();
    EXPECT_EQ(error.statement(), "INSERT INTO t (id) VALUES (?)");
    EXPECT_EQ(error.parameters(), "(1,)");
    EXPECT_EQ(error.driver_message(), "UNIQUE constraint failed: t.id");
    EXPECT_EQ(error.sqlstate(), "23000");
    EXPECT_EQ(error.driver_code(), 1555);
    EXPECT_FALSE(error.connection_invalidated());
    EXPECT_EQ(error.constraint(), "pk_t");
    EXPECT_EQ(error.table(), "t");
    EXPECT_EQ(error.columns(), std::vector<std::string>{"id"});
}

TEST(ErrorTest, error_detail_stands_before_the_text) {
    IntegrityError error = unique_failure();
    error.add_detail("raised as a result of Query-invoked autoflush");
    EXPECT_TRUE(std::string(error.what()).starts_with("(raised as a result of Query-invoked autoflush)\n(sqlite."));
    EXPECT_EQ(error.message(), "(sqlite.IntegrityError) UNIQUE constraint failed: t.id");
}

TEST(ErrorTest, error_detail_does_not_change_copies) {
    IntegrityError error = unique_failure();
    const IntegrityError copy = error;
    error.add_detail("later");
    EXPECT_EQ(std::string(copy.what()).find("later"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("later"), std::string::npos);
}

TEST(ErrorTest, error_detail_added_in_handler_survives_rethrow) {
    try {
        try {
            throw unique_failure();
        } catch (StatementError& error) {
            error.add_detail("while saving users");
            throw;
        }
    } catch (const IntegrityError& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with("(while saving users)\n"));
        EXPECT_EQ(error.table(), "t");
    }
}

TEST(ErrorTest, statement_error_takes_the_first_statement_only) {
    DataError error("too long");
    EXPECT_TRUE(error.statement().empty());
    error.set_statement({.statement = "SELECT 1", .parameters = "(1,)"});
    error.set_statement({.statement = "SELECT 2"});
    EXPECT_EQ(error.statement(), "SELECT 1");
    EXPECT_STREQ(error.what(),
                 "too long\n[SQL: SELECT 1]\n[parameters: (1,)]\n(Background on this error at: docs/errors.md#9h9h)");
}

TEST(ErrorTest, error_copies_never_throw) {
    EXPECT_TRUE(std::is_nothrow_copy_constructible_v<IntegrityError>);
    EXPECT_TRUE(std::is_nothrow_copy_assignable_v<IntegrityError>);
    EXPECT_TRUE(std::is_nothrow_copy_constructible_v<NoResultFound>);
}

template <class Child, class Parent>
constexpr bool is_a = std::is_base_of_v<Parent, Child>;

TEST(ErrorTest, error_tree_is_that_of_sqlalchemy) {
    EXPECT_TRUE((is_a<Error, std::exception>));
    EXPECT_TRUE((is_a<NoResultFound, InvalidRequestError>));
    EXPECT_TRUE((is_a<MultipleResultsFound, InvalidRequestError>));
    EXPECT_TRUE((is_a<PendingRollbackError, InvalidRequestError>));
    EXPECT_TRUE((is_a<ResourceClosedError, InvalidRequestError>));
    EXPECT_TRUE((is_a<NoSuchTableError, InvalidRequestError>));
    EXPECT_TRUE((is_a<NoSuchColumnError, InvalidRequestError>));
    EXPECT_TRUE((is_a<NoReferencedTableError, NoReferenceError>));
    EXPECT_TRUE((is_a<NoReferencedColumnError, NoReferenceError>));
    EXPECT_TRUE((is_a<NoReferenceError, InvalidRequestError>));
    EXPECT_TRUE((is_a<UnboundExecutionError, InvalidRequestError>));
    EXPECT_TRUE((is_a<ObjectDeletedError, InvalidRequestError>));
    EXPECT_TRUE((is_a<NoForeignKeysError, ArgumentError>));
    EXPECT_TRUE((is_a<AmbiguousForeignKeysError, ArgumentError>));
    EXPECT_TRUE((is_a<NoSuchModuleError, ArgumentError>));
    EXPECT_TRUE((is_a<DBAPIError, StatementError>));
    EXPECT_TRUE((is_a<InterfaceError, DBAPIError>));
    EXPECT_FALSE((is_a<InterfaceError, DatabaseError>));
    EXPECT_TRUE((is_a<DataError, DatabaseError>));
    EXPECT_TRUE((is_a<OperationalError, DatabaseError>));
    EXPECT_TRUE((is_a<IntegrityError, DatabaseError>));
    EXPECT_TRUE((is_a<InternalError, DatabaseError>));
    EXPECT_TRUE((is_a<ProgrammingError, DatabaseError>));
    EXPECT_TRUE((is_a<NotSupportedError, DatabaseError>));
    EXPECT_FALSE((is_a<StaleDataError, InvalidRequestError>));
    EXPECT_FALSE((is_a<DetachedInstanceError, InvalidRequestError>));
    EXPECT_TRUE((is_a<LookupError, Error>));
}

}  // namespace
}  // namespace aludel
