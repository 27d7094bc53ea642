#pragma once
// The dialects that aludel brings. Each is immutable, needs no connection and no client library; what one can do is in
// <aludel/sql/compile/dialect.hpp>.
#include <string_view>

namespace aludel {
class Dialect;
}  // namespace aludel

namespace aludel::dialects {

const Dialect& sqlite();
/// Parameters are numbered: `$1`.
const Dialect& postgresql();
/// MySQL and MariaDB, as long as it is not known which of them the server is.
const Dialect& mysql();
/// MariaDB 10.11: what it has beyond `mysql()`.
const Dialect& mariadb();

/// The dialect of a URL's backend name (`sqlite`, `postgresql`, `mysql`, `mariadb`). NoSuchModuleError for others.
const Dialect& by_name(std::string_view name);

}  // namespace aludel::dialects
