#include <aludel/base/error.hpp>
#include <aludel/dialects/dialects.hpp>

namespace aludel::dialects {

const Dialect& by_name(std::string_view name) {
    if (name == "sqlite") return sqlite();
    if (name == "postgresql" || name == "postgres") return postgresql();
    if (name == "mysql" || name == "mariadb") return mysql();
    throw NoSuchModuleError(
        "There is no dialect for '" + std::string(name) +
        "'; what stands before :// in a URL is one of sqlite, postgresql and mysql (or mariadb), or "
        "the name of a driver that was registered");
}

}  // namespace aludel::dialects
