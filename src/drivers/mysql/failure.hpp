#pragma once

#include <aludel/engine/driver.hpp>

#include <string>
#include <string_view>

struct st_mysql;
struct st_mysql_stmt;

namespace aludel::driver::mysql {

/// The error numbers that the driver itself tells apart or reports; see the server's and the client's lists.
namespace codes {
inline constexpr int too_many_prepared = 1461;
inline constexpr int packet_too_large = 1153;
inline constexpr int wrong_value = 1292;
inline constexpr int wrong_text = 1366;
inline constexpr int not_preparable = 1295;
inline constexpr int invalid_text = 1300;
inline constexpr int needs_prepare = 1615;
inline constexpr int unknown_statement = 1243;
inline constexpr int wrong_parameter_count = 1210;
inline constexpr int rolled_back_branch = 1402;
inline constexpr int unknown_branch = 1397;
inline constexpr int cannot_connect = 2003;
inline constexpr int gone_away = 2006;
inline constexpr int lost = 2013;
inline constexpr int new_metadata = 2057;
}  // namespace codes

/// A failure that the driver finds by itself, under one of the database's numbers.
Failure failure_of(int code, std::string_view sqlstate, std::string message);

/// What the handle says about the call that just failed.
Failure failure_of(st_mysql& handle);

/// What the statement says, or its connection where the statement says nothing.
Failure failure_of(st_mysql_stmt& statement);

/// The server would put question marks in the place of what is no UTF-8, and say nothing.
/// @throws Failure for such a statement.
void require_utf8(std::string_view sql);

/// Whether the connection is of no use after this error number.
bool is_disconnect(int code) noexcept;

/// Whether the error may have ended the transaction, so that the server must be asked.
bool may_end_transaction(int code) noexcept;

}  // namespace aludel::driver::mysql
