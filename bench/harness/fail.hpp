// A benchmark that cannot do its work ends the program: a figure from it would be a wrong one.
#pragma once

#include <string>

namespace bench {

[[noreturn]] void fail(const std::string& why);

}  // namespace bench
