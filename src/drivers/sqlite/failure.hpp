#pragma once

#include <aludel/engine/driver.hpp>

#include <string>

struct sqlite3;

namespace aludel::driver::sqlite {

/// The failure that the database handle reports for a call that returned `result`.
Failure failure_of(sqlite3* database, int result);

/// A failure that the driver finds by itself, under one of SQLite's codes.
Failure failure_of(int code, std::string message);

}  // namespace aludel::driver::sqlite
