#pragma once

#include <aludel/engine/driver.hpp>

#include <string>
#include <string_view>

struct pg_conn;
struct pg_result;

namespace aludel::driver::postgresql {

/// What the server reported as the outcome of a statement. `sql` is the statement, for the place in it.
Failure failure_of(const pg_conn* connection, const pg_result* result, std::string_view sql);

/// What libpq says about the connection itself.
Failure connection_failure(const pg_conn* connection);

/// A failure that the driver finds by itself, under one of SQL's codes.
Failure failure_of(std::string_view sqlstate, std::string message);

/// The same for a connection that cannot be used again.
Failure lost_failure(std::string message);

}  // namespace aludel::driver::postgresql
