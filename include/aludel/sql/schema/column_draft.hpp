// A column while it is being described: what the options of `Column{...}` and of `Mapped<...>` write to.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "aludel/sql/schema/column_default.hpp"
#include "aludel/sql/schema/dialect_options.hpp"
#include "aludel/sql/schema/numbering.hpp"
#include "aludel/types/sql_type.hpp"

namespace aludel {

/// Whether the database numbers a primary key column. `automatic`: the only primary key column, of an integer type,
/// without foreign key and without default, as in SQLAlchemy.
enum class Autoincrement : std::uint8_t { automatic, always, never };

/// The part of a foreign key that follows its columns.
struct ForeignKeyRules {
    std::string name{};
    std::string ondelete{};
    std::string onupdate{};
    std::optional<bool> deferrable{};
    std::string initially{};
    std::string match{};
    bool use_alter = false;
    DialectOptions options{};
};

/// A foreign key of one column: `target` is "table.column" or "schema.table.column".
struct ForeignKeyDraft {
    std::string target{};
    ForeignKeyRules rules{};
};

/// A CHECK that stands with its column.
struct ColumnCheckDraft {
    std::string sql{};
    std::string name{};
};

/// `GENERATED ALWAYS AS (sql)`, with STORED or VIRTUAL where it is said.
struct ComputedDraft {
    std::string sql{};
    std::optional<bool> persisted{};
};

/// A column that belongs to no table yet. Options change it through `apply`; `TableInfo::add_column` takes it.
struct ColumnDraft {
    std::string name{};
    SqlType type{};  ///< kind `null`: not said; it then comes from the C++ type or from the foreign key's target
    std::optional<bool> nullable{};  ///< not said: true, except for primary keys
    bool primary_key = false;
    bool unique = false;
    bool index = false;
    Autoincrement autoincrement = Autoincrement::automatic;
    ColumnDefault insert_default{};
    ColumnDefault onupdate{};
    ColumnDefault server_default{};
    std::vector<ForeignKeyDraft> foreign_keys{};
    std::vector<ColumnCheckDraft> checks{};
    std::optional<ComputedDraft> computed{};
    std::optional<Identity> identity{};
    std::optional<SequenceDraft> sequence{};  ///< its next number is the default of an INSERT
    DialectOptions options{};
    std::string comment{};
    std::string doc{};
};

/// A column option: a type such as `Integer` or `String(20)`, or anything with `void apply_to(ColumnDraft&) const`.
template <class T>
concept ColumnOption =
    requires(const T& option, ColumnDraft& draft) { option.apply_to(draft); } || requires(const T& option) {
        { option.sql_type() } -> std::convertible_to<SqlType>;
    };

/// Lets one option change `draft`. The one place for `Column{...}` (values of the run time) and `Mapped<T, ...>`
/// (template arguments). Throws ArgumentError if the option's value makes no sense, such as a foreign key without a
/// dot.
template <class Option>
void apply(const Option& option, ColumnDraft& draft) {
    static_assert(
        ColumnOption<Option>,
        "aludel: this is not a column option; a column takes a type (Integer, String(20), ...), primary_key, unique, "
        "indexed, nullable, not_null, autoincrement, ForeignKey(\"table.column\"), insert_default(...), onupdate(...), "
        "server_default(...), check(\"...\"), name(\"...\"), comment(\"...\") or doc(\"...\")");
    if constexpr (requires { option.apply_to(draft); })
        option.apply_to(draft);
    else if constexpr (ColumnOption<Option>)
        draft.type = option.sql_type();
}

}  // namespace aludel
