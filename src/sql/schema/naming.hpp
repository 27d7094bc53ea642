// The names of constraints and indexes that the program does not name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aludel/sql/schema/table_info.hpp"

namespace aludel::detail {

/// What a naming convention may speak of.
struct NameSubject {
    const TableInfo* table = nullptr;
    std::string_view given;  ///< the name that was written, or empty
    std::vector<const ColumnInfo*> columns;
    const ForeignKeyInfo* foreign_key = nullptr;
};

/// The name by the MetaData's convention for `kind` ("ix", "uq", "ck", "fk", "pk"). A name that was given stays as it
/// is unless the convention speaks of %(constraint_name)s. Throws InvalidRequestError for a token that is none or has
/// nothing to stand for.
std::string conventional_name(std::string_view kind, const NameSubject& subject);

}  // namespace aludel::detail
