#include "harness/fail.hpp"

#include <cstdio>
#include <cstdlib>

namespace bench {

void fail(const std::string& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::exit(1);
}

}  // namespace bench
