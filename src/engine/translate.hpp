#pragma once

#include <aludel/base/error.hpp>
#include <aludel/engine/driver.hpp>

namespace aludel {
class Dialect;
}  // namespace aludel

namespace aludel::detail {

/// Whether the connection cannot be used after this failure.
bool is_disconnect(const driver::Failure& failure, const Dialect& dialect);

/// Throws the error that a driver's failure is in the exception tree. The one place where that is decided. `in_doubt`:
/// the connection broke while something was made permanent.
[[noreturn]] void throw_translated(const driver::Failure& failure, const Dialect& dialect, StatementContext context,
                                   bool in_doubt = false);

}  // namespace aludel::detail
