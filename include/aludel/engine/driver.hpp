#pragma once

#include <aludel/engine/cursor.hpp>
#include <aludel/engine/options.hpp>
#include <aludel/engine/url.hpp>
#include <aludel/types/value.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The interface between the engine and a database's client library. Users of aludel do not need it; those who write a
/// driver implement `Driver`, `Connection` and `Cursor`, and call `register_driver`.
namespace aludel {
class Dialect;
}  // namespace aludel

namespace aludel::driver {

/// What a database or its client library reported. Drivers throw nothing else; the engine turns it into the exception
/// tree.
struct Failure final : std::exception {
    int code = 0;           ///< the client's own code
    int extended_code = 0;  ///< a finer one, where there is one; else equal to `code`
    std::string sqlstate;   ///< five characters, or empty
    std::string message;
    int position = -1;          ///< byte offset in the statement where the error is; negative: unknown
    bool disconnected = false;  ///< the driver knows that the connection is gone
    // What the database says in fields of their own; empty where it does not.
    std::string detail;
    std::string hint;
    std::string constraint;
    std::string table;
    std::string column;

    const char* what() const noexcept override { return message.c_str(); }
};

/// What the transactions of a connection may do.
struct TransactionAccess {
    bool read_only = false;
    bool deferrable = false;

    friend bool operator==(const TransactionAccess&, const TransactionAccess&) = default;
};

/// One connection to a database. Used by one thread at a time, except `interrupt`.
class Connection {
  public:
    virtual ~Connection();

    /// A cursor for the statement, from the connection's cache of prepared statements where it is there and idle.
    virtual CursorPtr prepare(std::string_view sql) = 0;

    /// Runs several statements separated by semicolons, without parameters, and drops their rows.
    virtual void execute_script(std::string_view sql) = 0;

    virtual void begin() = 0;
    virtual void commit() = 0;
    virtual void rollback() = 0;
    /// Whether the database has an open transaction on this connection. A failure may have ended it.
    virtual bool in_transaction() const noexcept = 0;
    /// Whether the client has noticed that the connection is gone, be it while a statement succeeded. Does not ask the
    /// server. The default is false, for databases inside of the process.
    virtual bool is_lost() const noexcept;

    /// Sets the level for the transactions to come: one of `Driver::isolation_levels`, or `database_default`. For
    /// `autocommit` the engine sends no BEGIN.
    virtual void set_isolation_level(IsolationLevel level) = 0;

    /// Whether the transactions to come may only read, and whether the database may delay their start until they can
    /// run without a serialization failure. The default fails when either is asked for.
    virtual void set_access(TransactionAccess access);

    /// The time that a statement may take from now on; zero: as long as it wants. A statement that takes longer is
    /// cancelled and fails with the database's own words; when the server does not even answer that, the connection is
    /// given up. The default does nothing, for databases inside of the process.
    virtual void set_statement_timeout(std::chrono::milliseconds timeout);

    // Two-phase commit, where `Driver::has_two_phase`. The id is the user's or the engine's; the connection quotes it.
    // The defaults fail.

    /// Begins a transaction that will be prepared under this id.
    virtual void begin_two_phase(std::string_view id);
    /// The first phase; afterwards the connection has no transaction, and any connection may end it.
    virtual void prepare_two_phase(std::string_view id);
    virtual void commit_prepared(std::string_view id);
    virtual void rollback_prepared(std::string_view id);
    /// The ids of the transactions that are prepared and neither committed nor rolled back.
    virtual std::vector<std::string> prepared_ids();

    /// Adds rows by the database's bulk path, inside the current transaction. `table` and `columns` are SQL already;
    /// the values stand row behind row. Returns how many rows were added, or nothing where there is no such path.
    virtual std::optional<std::int64_t> copy_in(std::string_view table, std::span<const std::string> columns,
                                                std::span<const Value> values);

    /// Whether the database still answers.
    virtual bool ping() noexcept = 0;

    /// Ends the statement that another thread is running on this connection. May be called from any thread.
    virtual void interrupt() noexcept = 0;

    /// As the server says it: `15.14`, `10.11.14-MariaDB`.
    virtual std::string server_version() = 0;

    /// Lets go of the connection without a word to the server: for the child of a fork, whose parent goes on using it.
    /// Only the destructor may follow. The default does nothing.
    virtual void abandon() noexcept;
};

/// Receives a notice of the server: its severity, as the server writes it, and its text.
using NoticeSink = std::function<void(std::string_view severity, std::string_view message)>;

/// What a new connection is told, from the engine's options.
struct ConnectOptions {
    std::chrono::milliseconds connect_timeout{};    ///< zero: as long as it takes
    std::chrono::milliseconds statement_timeout{};  ///< zero: none; see `Connection::set_statement_timeout`
    std::string application_name;
    NoticeSink notice;  ///< may be empty
    bool foreign_keys = true;
    std::chrono::milliseconds busy_timeout{};
    std::string journal_mode;
    IsolationLevel isolation_level = IsolationLevel::database_default;
    std::size_t prepared_cache_size = 64;
};

/// How connections to a database may be shared.
enum class PoolKind : std::uint8_t {
    queue,   ///< many connections, one user each
    single,  ///< the database lives and dies with its one connection, which all users of the engine share
};

/// A client library.
class Driver {
  public:
    virtual ~Driver();

    /// The backend's name in URLs.
    virtual std::string_view name() const noexcept = 0;

    virtual const Dialect& dialect() const = 0;

    virtual PoolKind pool_kind(const URL& url) const = 0;

    /// The levels that the database has, `autocommit` among them, without `database_default`.
    virtual std::span<const IsolationLevel> isolation_levels() const noexcept = 0;

    /// Whether connections can prepare a transaction and commit it later.
    virtual bool has_two_phase() const noexcept { return false; }

    /// Checks everything that can be checked without a connection.
    /// @throws ArgumentError for an option that the driver does not know, or a part of the URL that means nothing to
    /// it.
    virtual void validate(const URL& url, const ConnectOptions& options) const = 0;

    /// Opens a connection. The waiter outlives it.
    virtual std::unique_ptr<Connection> connect(const URL& url, const ConnectOptions& options,
                                                Waiter& waiter) const = 0;
};

/// Makes a driver known under its name; a later one of the same name replaces it. Engines that exist keep theirs.
void register_driver(std::shared_ptr<const Driver> driver);

/// The driver for a backend, or null.
std::shared_ptr<const Driver> find_driver(std::string_view backend);

/// The names of the registered drivers, sorted.
std::vector<std::string> driver_names();

}  // namespace aludel::driver
