// What the benchmarks do, and with which values: the same for every library.
#pragma once

#include "harness/records.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

enum class Workload : std::uint8_t {
    insert_users,      ///< W1: one transaction, keys back in the objects
    load_users,        ///< W2: entities
    get_users,         ///< W3: one after the other by distinct keys in random order, in one transaction
    rename_users,      ///< W4: one field of every loaded object, flush, commit
    load_eagerly,      ///< W5: users and their addresses as linked objects, the best eager strategy
    load_lazily,       ///< W5_lazy: the same, one load a user
    load_names,        ///< W6: two columns as tuples
    search_addresses,  ///< W7: a join of both tables, three predicates, ORDER BY, LIMIT 10, built anew with new values
};

/// `W1` to `W7`, `W5_lazy`; another name ends the program.
Workload workload_named(std::string_view name);

/// The values of one execution of `search_addresses`: users whose key is in [from, to), without one address.
struct Search {
    int from;
    int to;
    std::string without;
};

inline constexpr int search_limit = 10;

/// Users as `insert_users` makes them, in the order of their keys; the keys are not set.
std::vector<User> new_users(int size);
/// The keys 1 to `size` in a random order, which is always the same.
std::vector<int> shuffled_keys(int size);
/// The names that `rename_users` gives, in the order of the keys.
std::vector<std::string> other_names(int size);
/// `size` searches among `size` users.
std::vector<Search> searches(int size);

}  // namespace bench
