#pragma once
// What differs between databases: capability flags as data, a few text hooks, names, values, errors. No client library.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <aludel/sql/compile/ddl_traits.hpp>
#include <aludel/types/cell.hpp>

namespace aludel {

class Catalog;
class DdlHooks;
class Value;
struct SqlType;

/// How a statement's text marks its parameters.
enum class ParamStyle : std::uint8_t {
    named,    ///< `:name`
    qmark,    ///< `?`
    numeric,  ///< `$1`
};

/// The form of LIMIT and OFFSET.
enum class LimitForm : std::uint8_t {
    separate,   ///< `LIMIT ?`, `LIMIT -1 OFFSET ?`
    both,       ///< always `LIMIT ? OFFSET ?`, with -1 and 0 for what is missing
    limit_all,  ///< `LIMIT ALL OFFSET ?`
    comma,      ///< `LIMIT offset, limit`
};

/// The form of SELECT … FOR UPDATE.
enum class LockForm : std::uint8_t {
    none,
    plain,                             ///< FOR UPDATE, whatever was asked for
    for_update,                        ///< FOR UPDATE, FOR SHARE, NOWAIT, SKIP LOCKED
    for_update_or_lock_in_share_mode,  ///< the same with LOCK IN SHARE MODE for FOR SHARE
};

/// The form of UPDATE and DELETE that name more than one table.
enum class MultiTableForm : std::uint8_t { none, from_clause, table_list };

/// How words beside a table in FROM are written.
enum class HintForm : std::uint8_t {
    none,       ///< left out
    bracketed,  ///< `t [words]`
    behind,     ///< `t words`
    only,       ///< `ONLY t`; no other word is known
};

/// How an item of a JSON document is read.
enum class JsonForm : std::uint8_t {
    bracketed,       ///< `t.data[?]`
    arrows,          ///< `t.data -> ?`, `t.data #> ?`, and CAST(t.data ->> ? AS type)
    extract,         ///< `JSON_EXTRACT(t.data, ?)`, with CASE and CAST for what is no document
    quoted_extract,  ///< `JSON_QUOTE(JSON_EXTRACT(t.data, ?))`, and `JSON_EXTRACT(t.data, ?)` for what is no document
};

/// The capabilities of a database, as data.
struct DialectTraits {
    ParamStyle param_style = ParamStyle::named;
    char quote = '"';                          ///< opens and closes a quoted name; doubled inside
    std::size_t max_identifier_length = 9999;  ///< generated labels are cut to fit
    LimitForm limit_form = LimitForm::separate;
    LockForm lock_form = LockForm::plain;
    MultiTableForm multi_table_form = MultiTableForm::none;
    bool native_boolean = true;  ///< a boolean column is a condition; else `x = 1`
    bool boolean_words = true;   ///< the constants are true and false; else 1 and 0
    bool empty_insert = true;    ///< `INSERT INTO t DEFAULT VALUES`; else `INSERT INTO t () VALUES ()`
    bool insert_returning = false;
    bool update_returning = false;
    bool delete_returning = false;
    bool implicit_returning = false;      ///< an INSERT asks for its generated key by RETURNING
    bool many_keys_by_returning = false;  ///< …and where many rows are inserted together, even if not otherwise
    bool delete_from_many = true;         ///< DELETE may name more tables, in the form of `multi_table_form`
    bool on_conflict = false;             ///< INSERT … ON CONFLICT
    bool conflict_constraint = false;     ///< …ON CONSTRAINT name
    bool conflict_needs_where =
        false;  ///< INSERT … SELECT … ON CONFLICT is read rightly only with a WHERE between them
    bool on_duplicate_key_update = false;   ///< INSERT … ON DUPLICATE KEY UPDATE
    bool with_behind_insert = false;        ///< INSERT INTO t WITH … SELECT, instead of WITH … INSERT
    bool limit_in_update = false;           ///< UPDATE … LIMIT 5, DELETE … LIMIT 5
    bool table_inheritance = false;         ///< ONLY t: without the tables that inherit from it
    bool key_locks = false;                 ///< FOR NO KEY UPDATE, FOR KEY SHARE
    bool lock_of = false;                   ///< FOR UPDATE OF t
    bool fetch_in_parentheses = false;      ///< FETCH FIRST (?) ROWS ONLY
    bool array_items = false;               ///< x[1], x[1:2]
    bool regexp_functions = false;          ///< REGEXP_LIKE(text, pattern, flags); else flags stand in the pattern
    std::string_view where_without_from{};  ///< what stands for FROM in a SELECT that has a WHERE alone
    HintForm hint_form = HintForm::none;
    JsonForm json_form = JsonForm::bracketed;
    bool native_ilike = false;
    bool values_in_tuple_in = false;  ///< `(a, b) IN (VALUES (?, ?))`
    bool distinct_on = false;
    bool nulls_order = true;         ///< NULLS FIRST, NULLS LAST; else NULL is less than every value
    bool inner_join_word = false;    ///< INNER JOIN instead of JOIN
    bool backslash_escapes = false;  ///< string literals double their backslashes
    // what servers of one database differ by
    bool enforces_checks = true;   ///< a CHECK is more than a remark
    bool window_functions = true;  ///< OVER
    bool frame_parameters = true;  ///< ROWS BETWEEN ? PRECEDING AND …; else the distances stand in the text
    bool skip_locked = true;       ///< FOR UPDATE SKIP LOCKED
    bool float_casts = true;       ///< CAST(x AS FLOAT)
    bool json_casts = true;        ///< CAST(x AS JSON)
    bool two_phase = false;        ///< transactions that are prepared first
    /// Which kind of server it is, where several speak this SQL: `mariadb`. Empty: the usual one.
    std::string_view flavour{};
    // data definition
    bool alter_constraints = true;  ///< ALTER TABLE … ADD/DROP CONSTRAINT; else foreign keys stay inline
    bool inline_comments = false;
    bool comments_of_sixteen_bits = false;  ///< the catalogue has question marks for characters beyond U+FFFF
    bool comment_statements = false;
    bool schemas = true;
    bool native_enum = false;
    bool native_uuid = false;
    bool native_decimal = true;
    bool transactional_ddl = true;
    DdlTraits ddl;
};

/// What a driver reported about a statement that failed, in the database's own words.
struct FailureReport {
    int code = 0;
    int extended_code = 0;
    std::string_view sqlstate;
    std::string_view message;
};

/// The class of the error hierarchy that a driver's report belongs to.
enum class ErrorClass : std::uint8_t {
    database,
    interface_,
    data,
    operational,
    integrity,
    internal,
    programming,
    not_supported
};

/// What a driver's report means.
struct Diagnosis {
    ErrorClass error = ErrorClass::database;
    bool disconnect = false;  ///< the connection cannot be used again
    bool retryable = false;   ///< the transaction may succeed when it is run again: it lost against another one
    bool in_doubt = false;    ///< the database itself does not know whether it kept the transaction
    std::string constraint;   ///< integrity errors: where the database tells
    std::string table;
    std::vector<std::string> columns;
};

/// One database's SQL: text, names, storage of values, meaning of errors.
///
/// A dialect needs no connection: any statement can be rendered for any of them. Dialects are immutable and shared by
/// all threads.
class Dialect {
  public:
    Dialect(const Dialect&) = delete;
    Dialect& operator=(const Dialect&) = delete;
    virtual ~Dialect();

    std::string_view name() const noexcept { return name_; }
    const DialectTraits& traits() const noexcept { return traits_; }

    /// The same dialect as this server speaks it: what its version lacks or has beyond the usual. `version` is what the
    /// driver says, `15.14` or `10.11.14-MariaDB`. The default is this dialect itself. What it returns lives as long as
    /// the program.
    virtual const Dialect& for_server(std::string_view version) const;

    /// The name as it stands in SQL: quoted when it is reserved, has upper case, starts with a digit or holds anything
    /// but letters, digits, `_` and `$`. A name that is empty or holds a NUL is a CompileError.
    std::string quote(std::string_view name) const;
    /// The name in quotes, whatever it is.
    std::string quote_always(std::string_view name) const;
    /// `schema.name`, each part quoted when needed; just the name when the schema is empty.
    std::string quote_qualified(std::string_view schema, std::string_view name) const;
    bool requires_quotes(std::string_view name) const;
    bool is_reserved(std::string_view lower_case_name) const;

    /// A string literal, escaped. A NUL inside is a CompileError.
    std::string string_literal(std::string_view text) const;
    /// A value as a literal, for literal rendering only. What has no literal form is a CompileError.
    virtual std::string literal(const Value& value, const SqlType& type) const;

    /// The type in CREATE TABLE. CompileError where the database has none, or where it needs a length that is missing.
    virtual std::string type_name(const SqlType& type) const = 0;
    /// The type in CAST; empty where the database cannot cast to it and the operand stands alone.
    virtual std::string cast_type_name(const SqlType& type) const;

    /// How this database's catalogue is read; null for a dialect that cannot.
    virtual const Catalog* catalog() const noexcept;

    /// The clauses of this database's own options in CREATE and DROP.
    virtual const DdlHooks& ddl_hooks() const;

    /// Queries without parameters that say whether a table exists: it does if one of them, asked in turn, has a row.
    virtual std::vector<std::string> has_table_statements(std::string_view name, std::string_view schema) const;

    /// This dialect goes by that name: `name()`, or another one that its users know it by.
    virtual bool is_called(std::string_view name) const;

    /// Full text search. `mode`: what follows the pattern, empty for the database's default, `plain` for nothing.
    /// `configuration`: the text search configuration as a literal, or empty; dialects without them leave it out.
    virtual std::string match(std::string_view left, std::string_view right, std::string_view mode,
                              std::string_view configuration) const;
    /// `flags`: letters such as `i`, or empty. CompileError where the database has no regular expressions, or none with
    /// flags.
    virtual std::string regexp_match(std::string_view left, std::string_view right, bool negated,
                                     std::string_view flags) const;
    virtual std::string regexp_replace(std::string_view text, std::string_view pattern, std::string_view replacement,
                                       std::string_view flags) const;
    virtual std::string ilike(std::string_view left, std::string_view right, bool negated) const;
    virtual std::string concat(std::string_view left, std::string_view right) const;
    virtual std::string is_distinct_from(std::string_view left, std::string_view right, bool negated) const;
    /// What stands between the parentheses of an IN without elements.
    virtual std::string empty_set(std::size_t columns, bool negated) const;
    /// A function's call. Empty: the usual `name(arguments)`.
    virtual std::string function(std::string_view name, std::span<const std::string> arguments) const;
    /// The type that a parameter of this type says behind its marker (`$1::INTEGER[]`); empty: none. `function`: whose
    /// argument it is, or empty.
    virtual std::string parameter_cast(const SqlType& type, std::string_view function) const;
    /// EXTRACT(field FROM expression).
    virtual std::string extract(std::string_view field, std::string_view expression) const;

    /// The value as the database stores it (on a database without booleans, true is 1; …). DataError when it does not
    /// fit.
    virtual Value to_storage(Value value, const SqlType& type) const;

    /// Whether `check_assigned` and `to_storage` leave the value as it is: it then need not be copied. The default
    /// promises nothing.
    virtual bool stores_as_is(const Cell& value, const SqlType& type) const;

    /// DataError for a value that a column of this type would keep only in part without the database saying a word.
    virtual void check_assigned(const Value& value, const SqlType& type) const;

    /// What the driver's report means: the class of the error, whether the connection is lost, which constraint was
    /// hurt.
    virtual Diagnosis classify(const FailureReport& report) const = 0;

  protected:
    /// `name` and the reserved words (sorted, lower case) must outlive the dialect.
    Dialect(std::string_view name, const DialectTraits& traits,
            std::span<const std::string_view> reserved_words) noexcept
        : name_(name), traits_(traits), reserved_words_(reserved_words) {}

  private:
    std::string_view name_;
    DialectTraits traits_;
    std::span<const std::string_view> reserved_words_;
};

/// The dialect that statements print with when no database is named: named parameters, standard SQL.
const Dialect& default_dialect();

}  // namespace aludel
