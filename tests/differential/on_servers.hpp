#pragma once

#include "differential/case.hpp"

#include <exception>
#include <string>

namespace differential {

/// The name of the exception's class, without its namespace.
std::string class_of(const std::exception& error);

/// Makes the case an entry for each server, `<area>.<name>/postgresql` and so on: what it shows and what it leaves in
/// the tables there has to be what the case shows and leaves on SQLite. What it shows on SQLite is compared with
/// SQLAlchemy by the case's own entry.
void register_on_servers(const std::string& area, const std::string& name, const char* file, int line, MakeCase make);

}  // namespace differential
