#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>

namespace aludel::dialects {

const Dialect& by_name(std::string_view name) {
    if (name == "sqlite") return sqlite();
    if (name == "postgresql" || name == "postgres") return postgresql();
    if (name == "mysql" || name == "mariadb") return mysql();
    throw ArgumentError("Can't find a dialect for '" + std::string(name) +
                        "'; there are sqlite, postgresql and mysql (mariadb)");
}

}  // namespace aludel::dialects
