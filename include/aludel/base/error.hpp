#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aludel/base/ref.hpp"

namespace aludel {

namespace detail {
class ErrorState;
}  // namespace detail

/// The statement that an error belongs to, as text for people.
struct StatementContext {
    std::string statement;
    std::string parameters;          ///< rendered, as the echo prints them: `('ed', 1)`
    bool parameters_hidden = false;  ///< the engine runs with `hide_parameters`; `parameters` is then never shown
};

/// What the database said, as its driver reports it.
struct DriverReport {
    std::string message;  ///< the driver's own words
    std::string sqlstate;
    int code = 0;  ///< the driver's number, extended where it has such
    bool connection_invalidated = false;
    bool retryable = false;         ///< the same transaction may succeed when it is run again from its beginning
    bool outcome_in_doubt = false;  ///< it is not known whether the database kept what was to be committed
    std::string constraint;
    std::string table;
    std::vector<std::string> columns;
};

/// Base of everything that aludel throws: SQLAlchemy's `SQLAlchemyError`.
///
/// `what()` is the whole text: details of where it was raised, the message, the statement with its parameters where
/// there is one, and the place in the documentation that explains `code()`. Copying shares that text and never throws.
class Error : public std::exception {
  public:
    explicit Error(std::string message, std::string_view code = "error");
    Error(const Error& other) noexcept;
    Error& operator=(const Error& other) noexcept;
    ~Error() override;

    [[nodiscard]] const char* what() const noexcept override;
    /// The sentence alone, without statement and code.
    [[nodiscard]] const std::string& message() const noexcept;
    /// Names the section of docs/errors.md that says what the error means and what to do.
    [[nodiscard]] std::string_view code() const noexcept;

    /// Puts `(detail)` before the text: catch by reference, add where it happened, `throw;`.
    void add_detail(std::string detail);

  protected:
    [[nodiscard]] const detail::ErrorState& state() const noexcept { return *state_; }
    /// The state for writing: other copies of this error keep theirs.
    detail::ErrorState& own_state();
    /// To be called after each change of `own_state()`.
    void rebuild_text();

  private:
    Ref<detail::ErrorState> state_;
};

/// An argument that makes no sense here, whatever the state.
class ArgumentError : public Error {
  public:
    explicit ArgumentError(std::string message, std::string_view code = "argument") : Error(std::move(message), code) {}
};

/// A dialect or a driver that is not part of this build.
class NoSuchModuleError : public ArgumentError {
  public:
    explicit NoSuchModuleError(std::string message, std::string_view code = "nomodule")
        : ArgumentError(std::move(message), code) {}
};

/// Two tables are to be joined and no foreign key says how.
class NoForeignKeysError : public ArgumentError {
  public:
    explicit NoForeignKeysError(std::string message, std::string_view code = "nofkeys")
        : ArgumentError(std::move(message), code) {}
};

/// Two tables are to be joined and several foreign keys could be meant.
class AmbiguousForeignKeysError : public ArgumentError {
  public:
    explicit AmbiguousForeignKeysError(std::string message, std::string_view code = "ambigfk")
        : ArgumentError(std::move(message), code) {}
};

/// Things that depend on each other cannot be put in an order.
class CircularDependencyError : public Error {
  public:
    explicit CircularDependencyError(std::string message, std::string_view code = "circular")
        : Error(std::move(message), code) {}
};

/// A name that the database cannot hold.
class IdentifierError : public Error {
  public:
    explicit IdentifierError(std::string message, std::string_view code = "ident") : Error(std::move(message), code) {}
};

/// A statement that has no text in this dialect.
class CompileError : public Error {
  public:
    explicit CompileError(std::string message, std::string_view code = "compile") : Error(std::move(message), code) {}
};

/// Waited longer than `pool_timeout` for a connection of the pool.
class TimeoutError : public Error {
  public:
    explicit TimeoutError(std::string message, std::string_view code = "3o7r") : Error(std::move(message), code) {}
};

/// A name that an enumeration does not have.
class LookupError : public Error {
  public:
    explicit LookupError(std::string message, std::string_view code = "lookup") : Error(std::move(message), code) {}
};

/// A call that makes sense, but not in this state.
class InvalidRequestError : public Error {
  public:
    explicit InvalidRequestError(std::string message, std::string_view code = "request")
        : Error(std::move(message), code) {}
};

/// A transaction was lost; `rollback()` has to come first.
class PendingRollbackError : public InvalidRequestError {
  public:
    explicit PendingRollbackError(std::string message, std::string_view code = "8s2b")
        : InvalidRequestError(std::move(message), code) {}
};

/// Something that was closed was used.
class ResourceClosedError : public InvalidRequestError {
  public:
    explicit ResourceClosedError(std::string message, std::string_view code = "closed")
        : InvalidRequestError(std::move(message), code) {}
};

/// A column that a row or a table does not have.
class NoSuchColumnError : public InvalidRequestError {
  public:
    explicit NoSuchColumnError(std::string message, std::string_view code = "nocolumn")
        : InvalidRequestError(std::move(message), code) {}
};

/// `one()` found no row.
class NoResultFound : public InvalidRequestError {
  public:
    explicit NoResultFound(std::string message, std::string_view code = "noresult")
        : InvalidRequestError(std::move(message), code) {}
};

/// `one()` found more than one row.
class MultipleResultsFound : public InvalidRequestError {
  public:
    explicit MultipleResultsFound(std::string message, std::string_view code = "multires")
        : InvalidRequestError(std::move(message), code) {}
};

/// A foreign key names what is not there.
class NoReferenceError : public InvalidRequestError {
  public:
    explicit NoReferenceError(std::string message, std::string_view code = "noref")
        : InvalidRequestError(std::move(message), code) {}
};

/// A foreign key names a table that its metadata does not have.
class NoReferencedTableError : public NoReferenceError {
  public:
    explicit NoReferencedTableError(std::string message, std::string_view code = "noreftab")
        : NoReferenceError(std::move(message), code) {}
};

/// A foreign key names a column that its target table does not have.
class NoReferencedColumnError : public NoReferenceError {
  public:
    explicit NoReferencedColumnError(std::string message, std::string_view code = "norefcol")
        : NoReferenceError(std::move(message), code) {}
};

/// A table that the database does not have.
class NoSuchTableError : public InvalidRequestError {
  public:
    explicit NoSuchTableError(std::string message, std::string_view code = "notable")
        : InvalidRequestError(std::move(message), code) {}
};

/// A session or a statement that knows no engine has to reach a database.
class UnboundExecutionError : public InvalidRequestError {
  public:
    explicit UnboundExecutionError(std::string message, std::string_view code = "unbound")
        : InvalidRequestError(std::move(message), code) {}
};

/// Something went wrong around one statement.
class StatementError : public Error {
  public:
    explicit StatementError(std::string message, std::string_view code = "stmt", StatementContext context = {});

    /// Empty when the error came before there was one.
    [[nodiscard]] const std::string& statement() const noexcept;
    /// Rendered as the echo prints them; empty when hidden, and when the statement has none.
    [[nodiscard]] const std::string& parameters() const noexcept;

    /// Tells which statement it was; an error that knows already keeps its own.
    void set_statement(StatementContext context);
};

/// The database or its driver refused. Below it are the classes of Python's DB-API.
///
/// Thrown also by aludel itself where it finds what a database would have said (`DataError` for a value that does not
/// fit); then `driver_code()` is 0 and `sqlstate()` is empty.
class DBAPIError : public StatementError {
  public:
    explicit DBAPIError(std::string message, std::string_view code = "dbapi", StatementContext context = {},
                        DriverReport report = {});

    /// The driver's own words, without the name of its error class.
    [[nodiscard]] const std::string& driver_message() const noexcept;
    /// Five characters of the SQL standard, or empty where the database has none.
    [[nodiscard]] const std::string& sqlstate() const noexcept;
    [[nodiscard]] int driver_code() const noexcept;
    /// The connection is gone; the pool replaces it.
    [[nodiscard]] bool connection_invalidated() const noexcept;
    /// The database gave the transaction up because of others that ran beside it (a serialization failure, a deadlock):
    /// run again from its beginning it may succeed. `run_transaction` does that.
    [[nodiscard]] bool retryable() const noexcept;
    /// The connection broke while the database was to make something permanent: whether it did is not known here. What
    /// was to be committed must be looked for before it is run again.
    [[nodiscard]] bool outcome_in_doubt() const noexcept;

  protected:
    [[nodiscard]] const DriverReport& report() const noexcept;
};

/// The driver was used wrongly.
class InterfaceError : public DBAPIError {
  public:
    explicit InterfaceError(std::string message, std::string_view code = "rvf5", StatementContext context = {},
                            DriverReport report = {})
        : DBAPIError(std::move(message), code, std::move(context), std::move(report)) {}
};

/// The database refused.
class DatabaseError : public DBAPIError {
  public:
    explicit DatabaseError(std::string message, std::string_view code = "4xp6", StatementContext context = {},
                           DriverReport report = {})
        : DBAPIError(std::move(message), code, std::move(context), std::move(report)) {}
};

/// A value that does not fit: out of range, of the wrong type, NULL where there is no place for it.
class DataError : public DatabaseError {
  public:
    explicit DataError(std::string message, std::string_view code = "9h9h", StatementContext context = {},
                       DriverReport report = {})
        : DatabaseError(std::move(message), code, std::move(context), std::move(report)) {}
};

/// The database's operation failed: no connection, locked, disk full, no such table on SQLite.
class OperationalError : public DatabaseError {
  public:
    explicit OperationalError(std::string message, std::string_view code = "e3q8", StatementContext context = {},
                              DriverReport report = {})
        : DatabaseError(std::move(message), code, std::move(context), std::move(report)) {}
};

/// A constraint was violated. The accessors say which where the database tells.
class IntegrityError : public DatabaseError {
  public:
    explicit IntegrityError(std::string message, std::string_view code = "gkpj", StatementContext context = {},
                            DriverReport report = {})
        : DatabaseError(std::move(message), code, std::move(context), std::move(report)) {}

    [[nodiscard]] const std::string& constraint() const noexcept { return report().constraint; }
    [[nodiscard]] const std::string& table() const noexcept { return report().table; }
    [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return report().columns; }
};

/// The database found an error in itself.
class InternalError : public DatabaseError {
  public:
    explicit InternalError(std::string message, std::string_view code = "2j85", StatementContext context = {},
                           DriverReport report = {})
        : DatabaseError(std::move(message), code, std::move(context), std::move(report)) {}
};

/// The statement is wrong: syntax, a name that does not exist, the number of parameters.
class ProgrammingError : public DatabaseError {
  public:
    explicit ProgrammingError(std::string message, std::string_view code = "f405", StatementContext context = {},
                              DriverReport report = {})
        : DatabaseError(std::move(message), code, std::move(context), std::move(report)) {}
};

/// The database cannot do this.
class NotSupportedError : public DatabaseError {
  public:
    explicit NotSupportedError(std::string message, std::string_view code = "tw8g", StatementContext context = {},
                               DriverReport report = {})
        : DatabaseError(std::move(message), code, std::move(context), std::move(report)) {}
};

/// A flush met a state that it cannot write.
class FlushError : public Error {
  public:
    explicit FlushError(std::string message, std::string_view code = "flush") : Error(std::move(message), code) {}
};

/// The row to update or delete is no longer as it was loaded.
class StaleDataError : public Error {
  public:
    explicit StaleDataError(std::string message, std::string_view code = "stale") : Error(std::move(message), code) {}
};

/// An object needs its session and has none.
class DetachedInstanceError : public Error {
  public:
    explicit DetachedInstanceError(std::string message, std::string_view code = "bhk3")
        : Error(std::move(message), code) {}
};

/// The row of an object is gone when the object wants to refresh.
class ObjectDeletedError : public InvalidRequestError {
  public:
    explicit ObjectDeletedError(std::string message, std::string_view code = "objgone")
        : InvalidRequestError(std::move(message), code) {}
};

}  // namespace aludel
