#pragma once
// Values as literals, for literal rendering.
#include <span>
#include <string>
#include <string_view>

namespace aludel {

class Dialect;
class Value;
struct SqlType;

namespace detail {

/// The literal of standard SQL. Bytes, NaN and the infinities have none: CompileError.
std::string literal_text(const Value& value, const SqlType& type, const Dialect& dialect);
/// The bytes in hexadecimal digits.
std::string hexadecimal(std::string_view bytes);
/// The literal of a comment. @throws CompileError where the database would keep another one
std::string comment_literal(const std::string& comment, const Dialect& dialect);
/// `(a, b)`.
std::string argument_list(std::span<const std::string> arguments);

}  // namespace detail
}  // namespace aludel
