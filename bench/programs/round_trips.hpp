// Counts the round trips of a client library: how often it turns from sending to waiting for an answer.
#pragma once

#include <cstdint>

namespace bench {

/// Since the program began, on all sockets together.
std::uint64_t round_trips();

}  // namespace bench
