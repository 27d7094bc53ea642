#include "harness/workload.hpp"

#include "harness/fail.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <utility>

namespace bench {

namespace {

constexpr std::array workloads{
    std::pair{std::string_view("W1"), Workload::insert_users},
    std::pair{std::string_view("W2"), Workload::load_users},
    std::pair{std::string_view("W3"), Workload::get_users},
    std::pair{std::string_view("W4"), Workload::rename_users},
    std::pair{std::string_view("W5"), Workload::load_eagerly},
    std::pair{std::string_view("W5_lazy"), Workload::load_lazily},
    std::pair{std::string_view("W6"), Workload::load_names},
    std::pair{std::string_view("W7"), Workload::search_addresses},
};

constexpr int users_in_a_search = 6;

}  // namespace

Workload workload_named(std::string_view name) {
    for (const auto& [known, workload] : workloads)
        if (known == name) return workload;
    fail("there is no workload " + std::string(name));
}

std::vector<User> new_users(int size) {
    std::vector<User> users;
    users.reserve(static_cast<std::size_t>(size));
    for (int i = 1; i <= size; ++i) {
        const std::string number = std::to_string(i);
        users.push_back(
            {.id = 0, .name = "user" + number, .fullname = "User Number " + number, .password = "secret" + number});
    }
    return users;
}

std::vector<int> shuffled_keys(int size) {
    std::vector<int> keys(static_cast<std::size_t>(size));
    std::iota(keys.begin(), keys.end(), 1);
    std::shuffle(keys.begin(), keys.end(), std::mt19937(20'260'101));
    return keys;
}

std::vector<std::string> other_names(int size) {
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(size));
    for (int i = 1; i <= size; ++i) names.push_back("renamed" + std::to_string(i));
    return names;
}

std::vector<Search> searches(int size) {
    std::vector<Search> all;
    all.reserve(static_cast<std::size_t>(size));
    for (const int key : shuffled_keys(size)) {
        const int from = std::max(1, std::min(key, size - users_in_a_search + 1));
        all.push_back({.from = from,
                       .to = from + users_in_a_search,
                       .without = "a.user" + std::to_string(from) + "@example.org"});
    }
    return all;
}

}  // namespace bench
