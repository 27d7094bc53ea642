// What is no error, but rarely intended: SQLAlchemy's `SAWarning`.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace aludel {

/// Receives the text of a warning. It is called on the thread that the warning arose on, by several at once if so;
/// what it throws leaves the call that the warning arose in, which makes the warning an error.
using WarningHandler = std::function<void(std::string_view text)>;

/// Replaces what the process does with warnings, and returns what it did before, to be given back later. An empty
/// handler is the default: standard error, each text once. May be called by any thread at any time.
WarningHandler set_warning_handler(WarningHandler handler);

namespace detail {

/// Hands a warning to the handler.
void warn(const std::string& text);

}  // namespace detail
}  // namespace aludel
