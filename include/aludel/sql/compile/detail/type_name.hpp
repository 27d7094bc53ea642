// The text of types, from a table of names per database.
#pragma once

#include <string>
#include <string_view>

#include "aludel/types/sql_type.hpp"

namespace aludel::detail {

/// What the generic types are called in one database, and which of its types take parameters. The defaults are standard
/// SQL.
struct TypeNames {
    std::string_view database = "default";
    std::string_view boolean = "BOOLEAN";
    std::string_view double_precision = "DOUBLE PRECISION";
    std::string_view datetime = "DATETIME";
    std::string_view interval = "DATETIME";
    std::string_view large_binary = "BLOB";
    std::string_view uuid = "CHAR(32)";
    std::string_view json = "JSON";
    bool timestamps_have_zones = false;  ///< TIMESTAMP WITH TIME ZONE, TIMESTAMP WITHOUT TIME ZONE
    bool second_digits = false;          ///< TIMESTAMP(6), DATETIME(6)
    bool varchar_needs_length = false;
    bool float_has_precision = false;
    bool blob_has_length = false;
    bool national_keyword = false;   ///< NATIONAL VARCHAR instead of NVARCHAR
    bool enum_list = false;          ///< ENUM('a','b')
    bool backslash_escapes = false;  ///< a backslash in a literal is doubled
    bool plain_collation = false;    ///< COLLATE name, instead of COLLATE "name"
    bool arrays = false;             ///< INTEGER[]
    /// The name of an array's item, where the database has types that this table does not know.
    std::string (*item_name)(const SqlType&) = nullptr;
};

/// Throws CompileError for a type that is not known, or that lacks a length the database wants.
std::string type_text(const SqlType& type, const TypeNames& names);

}  // namespace aludel::detail
