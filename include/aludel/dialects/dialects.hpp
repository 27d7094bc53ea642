#pragma once
// The dialects that aludel brings. Each is immutable, needs no connection and no client library.
#include <aludel/sql/compile/dialect.hpp>

namespace aludel::dialects {

const Dialect& sqlite();
/// Parameters are numbered: `$1`.
const Dialect& postgresql();
/// MySQL and MariaDB.
const Dialect& mysql();

/// The dialect of a URL's backend name (`sqlite`, `postgresql`, `mysql`, `mariadb`). NoSuchModuleError for others.
const Dialect& by_name(std::string_view name);

}  // namespace aludel::dialects
