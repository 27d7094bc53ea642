// What a database says about its own tables, as data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "aludel/sql/schema/column_draft.hpp"
#include "aludel/sql/schema/constraint.hpp"
#include "aludel/types/sql_type.hpp"

namespace aludel {

/// A column as the database describes it.
struct ReflectedColumn {
    std::string name{};
    /// The type as far as aludel knows it; of kind `custom`, by its name, where it does not.
    SqlType type{};
    /// The type as the database writes it: `varchar(50)`, `INTEGER`, `numeric(10,2)`.
    std::string type_text{};
    bool nullable = true;
    /// The SQL of the default, as the database keeps it; a computed column has none.
    std::optional<std::string> server_default{};
    std::optional<ComputedDraft> computed{};
    /// Whether the database numbers the column (AUTO_INCREMENT, SERIAL, IDENTITY); nothing where, as in SQLite, that
    /// follows from the type and the key.
    std::optional<bool> autoincrement{};
    /// How it is numbered, where it is an identity column.
    std::optional<Identity> identity{};
    /// The sequence that its default counts with, its own or another.
    std::optional<SequenceDraft> sequence{};
    std::string comment{};
};

/// The primary key: no columns where the table has none, no name where the database keeps none.
struct ReflectedPrimaryKey {
    std::string name{};
    std::vector<std::string> columns{};
    /// When it is checked, where that is not at once.
    std::optional<bool> deferrable{};
    std::string initially{};
};

struct ReflectedForeignKey {
    /// Where the table referred to lives; empty: in the default schema.
    std::string referred_schema{};
    std::string referred_table{};
    std::vector<std::string> columns{};
    std::vector<std::string> referred_columns{};
    /// Its name and what happens on deletion and update. NO ACTION, the default, is left empty.
    ForeignKeyRules rules{};
};

struct ReflectedUnique {
    std::string name{};
    std::vector<std::string> columns{};
    std::optional<bool> deferrable{};
    std::string initially{};
    /// What only this database knows.
    DialectOptions options{};
};

struct ReflectedCheck {
    std::string name{};
    std::string sql{};
    /// What only this database knows.
    DialectOptions options{};
};

struct ReflectedIndex {
    struct Item {
        std::string column{};      ///< empty for an expression
        std::string expression{};  ///< as the database writes it
        bool descending = false;
        NullsOrder nulls = NullsOrder::usual;
    };
    std::string name{};
    bool unique = false;
    std::vector<Item> items{};
    /// What only this database knows, as the options of `Index` say it: `postgresql_using`, `mysql_length`,
    /// `sqlite_where`. What is as usual is left out.
    DialectOptions options{};
    /// The index belongs to the unique constraint of this name, which created it.
    std::string duplicates_constraint{};
};

}  // namespace aludel
