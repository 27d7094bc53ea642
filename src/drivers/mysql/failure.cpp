#include "drivers/mysql/failure.hpp"

#include <aludel/types/utf8.hpp>

#include <fmt/format.h>
#include <mysql.h>

#include <utility>

namespace aludel::driver::mysql {

Failure failure_of(int code, std::string_view sqlstate, std::string message) {
    Failure failure;
    failure.code = code;
    failure.extended_code = code;
    failure.sqlstate = sqlstate;
    failure.message = std::move(message);
    failure.disconnected = is_disconnect(code);
    return failure;
}

Failure failure_of(st_mysql& handle) {
    return failure_of(static_cast<int>(mysql_errno(&handle)), mysql_sqlstate(&handle), mysql_error(&handle));
}

Failure failure_of(st_mysql_stmt& statement) {
    if (mysql_stmt_errno(&statement) == 0 && statement.mysql) return failure_of(*statement.mysql);
    return failure_of(static_cast<int>(mysql_stmt_errno(&statement)), mysql_stmt_sqlstate(&statement),
                      mysql_stmt_error(&statement));
}

void require_utf8(std::string_view sql) {
    const std::size_t at = utf8_prefix(sql);
    if (at == sql.size()) return;
    throw failure_of(codes::invalid_text, "HY000",
                     fmt::format("the statement's text is not UTF-8: byte {} is {:#04x}", at,
                                 static_cast<unsigned>(static_cast<unsigned char>(sql[at]))));
}

// Table: error numbers after which the server has closed the connection, will close it, or does not belong to its
// cluster any more.
bool is_disconnect(int code) noexcept {
    switch (code) {
        case 1047:  // a Galera node without its cluster refuses every command
        case 1053:  // the server shuts down
        case 1080:
        case 1152:
        case 1153:  // the server reads no further in a packet that is too large
        case 1158:
        case 1159:
        case 1160:
        case 1161:
        case 1184:
        case 1927:  // killed
        case 2002:  // there is no server at the socket
        case 2003:  // nor at the port
        case 2006:
        case 2013:
        case 2014:
        case 2026:  // TLS broke, or was not agreed on
        case 2027:
        case 2055:
        case 3169:
        case 4031: return true;  // idle for too long
        default: return false;
    }
}

bool may_end_transaction(int code) noexcept {
    switch (code) {
        case 1020:  // the row has changed since it was read
        case 1205:  // lock wait, which ends the statement or the transaction as the server is configured
        case 1213:  // deadlock, or a conflict between the nodes of a cluster
        case 1317:
        case 1613:
        case 1614: return true;
        default: return false;
    }
}

}  // namespace aludel::driver::mysql
