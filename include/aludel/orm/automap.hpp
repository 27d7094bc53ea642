// Mapped classes from a database that exists.
#pragma once

#include <aludel/sql/schema/metadata.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace aludel {

class ForeignKeyInfo;
class TableInfo;

/// How `automap` calls things. What is left out has a default; what it returns is made a name of C++, and a name that
/// the class has already gets an underscore. Source: the callbacks of SQLAlchemy's `automap_base().prepare()`.
struct AutomapOptions {
    /// The class of a table. Default: its name in CamelCase, `user_account` is `UserAccount`.
    std::function<std::string(const TableInfo& table)> classname_for_table{};
    /// The member that leads to the row that a key refers to. Default: the key's only column without `_id`, else the
    /// name of the other table.
    std::function<std::string(const ForeignKeyInfo& key)> name_for_scalar_relationship{};
    /// The member of the other class that leads back. Default: the table's name and `_collection`.
    std::function<std::string(const ForeignKeyInfo& key)> name_for_collection_relationship{};
    /// False for a relationship that is not wanted. Default: all are.
    std::function<bool(const ForeignKeyInfo& key)> generate_relationship{};
    /// The registry of the classes.
    std::string registry = "Base";
    /// Where everything stands; empty: in the global namespace.
    std::string name_space{};
};

/// The C++ source of a header with mapped classes for the tables of a MetaData, usually of one that was filled by
/// `MetaData::reflect`: columns with their types, constraints and defaults, relationships in both directions, and a
/// registry. C++ cannot make classes while a program runs; this writes down what it would make, to be kept and edited.
///
/// A table that consists of the columns of two foreign keys becomes the `secondary` of a relationship between the two
/// others, and so does not become a class; one without primary key cannot be mapped and stays a Table. Needs no
/// database. Throws NoReferencedTableError for a key to a table that is not in the MetaData.
///
/// Source: SQLAlchemy's automap extension.
std::string automap(const MetaData& metadata, const AutomapOptions& options = {});

}  // namespace aludel
