// What the database of the codes has to tell.
#pragma once
#include "models.hpp"

#include <iosfwd>

/// Prints totals, rankings, a tree and some names: about twenty SELECTs, none of them repeated for each row.
void print_report(Session& session, std::ostream& out);
