#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

namespace aludel::test {

/// The databases that every test of the compliance suite runs on.
enum class Backend : std::uint8_t { sqlite, postgresql, mariadb };

inline constexpr std::array all_backends{Backend::sqlite, Backend::postgresql, Backend::mariadb};

/// As it stands in the names and labels of tests.
std::string_view to_string(Backend backend) noexcept;
std::ostream& operator<<(std::ostream& out, Backend backend);

/// Why there can be no test on this database here: its driver is not built, or no server is known. Empty: there can.
std::string why_unavailable(Backend backend);

/// What not every database can do. A test that needs one is skipped elsewhere, and says which it was.
enum class Capability : std::uint8_t {
    nul_in_text,                 ///< a text may hold a NUL character
    any_bytes_in_text,           ///< a text may hold bytes that are no UTF-8
    lengths,                     ///< VARCHAR(n) holds n characters and no more
    integer_sizes,               ///< an INTEGER has 32 bits and no more
    exact_decimals,              ///< NUMERIC keeps every digit
    infinity,                    ///< a floating point column holds infinities
    case_sensitive_text,         ///< texts that differ in case are not equal
    trailing_spaces,             ///< texts that differ in spaces at their ends are not equal
    transactional_ddl,           ///< a rollback drops the tables that the transaction made
    failure_leaves_transaction,  ///< a statement that failed is undone alone, the transaction goes on
    deferred_constraints,        ///< a foreign key can be checked at COMMIT
    update_returning,
    concurrent_writers,  ///< two transactions write to one table at the same time
    row_locks,           ///< SELECT … FOR UPDATE
    read_committed,      ///< an isolation level that sees what others commit
    two_phase,
    reused_keys,  ///< the generated key of a row that was rolled back is given to the next row
    sequences,    ///< numbers that are counted apart from tables
    on_conflict,
    on_duplicate_key,
    delete_from_many,  ///< a DELETE names other tables in its criteria
    limit_in_update,
    regular_expressions,
    identity_columns,         ///< a column numbers itself as it was told
    nulls_in_indexes,         ///< an index says where NULL stands
    numbered_composite_keys,  ///< a column of a composite key is numbered
    match,                    ///< a full text search without an index made for it
};

std::string_view to_string(Capability capability) noexcept;
bool has(Backend backend, Capability capability) noexcept;

/// A fresh and empty database, which goes with its object: a file; or a schema of PostgreSQL, whose search path has it
/// alone; or a database of MariaDB. A transaction that is still open then, and so would keep it, fails the test.
class Database {
  public:
    /// A database of its own costs PostgreSQL a quarter of a second, a schema a hundredth of that.
    enum class Space : std::uint8_t { schema, whole };

    /// @throws std::runtime_error with `why_unavailable`.
    explicit Database(Backend backend, Space space = Space::schema);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    Backend backend() const noexcept { return backend_; }
    /// Where it is. `options` are more of the query, without the mark before it: `connect_timeout=3`.
    std::string url(std::string_view options = {}) const;
    /// Its name: of the schema, of the database, or the path of the file.
    const std::string& name() const noexcept { return name_; }

  private:
    Backend backend_;
    Space space_;
    std::string name_;
    std::string url_;
    std::shared_ptr<void> directory_;
};

}  // namespace aludel::test
