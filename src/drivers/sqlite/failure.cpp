#include "drivers/sqlite/failure.hpp"

#include <sqlite3.h>

#include <utility>

namespace aludel::driver::sqlite {

Failure failure_of(int code, std::string message) {
    Failure failure;
    failure.code = code & 0xff;
    failure.extended_code = code;
    failure.message = std::move(message);
    return failure;
}

Failure failure_of(sqlite3* database, int result) {
    if (!database) return failure_of(result, sqlite3_errstr(result));
    // The handle's words belong to its last call; for an older one they would mislead.
    const bool current = (sqlite3_extended_errcode(database) & 0xff) == (result & 0xff);
    Failure failure = failure_of(current ? sqlite3_extended_errcode(database) : result,
                                 current ? sqlite3_errmsg(database) : sqlite3_errstr(result));
#if SQLITE_VERSION_NUMBER >= 3038000
    if (current) failure.position = sqlite3_error_offset(database);
#endif
    return failure;
}

}  // namespace aludel::driver::sqlite
