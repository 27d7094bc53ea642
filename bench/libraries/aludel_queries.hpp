// The workloads in aludel, by its ordinary API, with identity map and unit of work.
#pragma once

#include "harness/records.hpp"
#include "harness/workload.hpp"
#include "libraries/models.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace bench {

/// The objects of a session; the session is there as long as they are wanted.
struct Loaded {
    std::unique_ptr<aludel::Session> session;
    std::vector<aludel::Ptr<model::User>> users;
};

using NameTuple = std::tuple<int, std::string>;

Loaded insert_users(const aludel::Engine& engine, const std::vector<User>& values);
Loaded load_users(const aludel::Engine& engine);
std::uint64_t get_users(const aludel::Engine& engine, const std::vector<int>& keys);
void rename_users(Loaded& loaded, const std::vector<std::string>& names);
Loaded load_eagerly(const aludel::Engine& engine);
Loaded load_lazily(const aludel::Engine& engine);
std::vector<NameTuple> load_names(const aludel::Engine& engine);
std::uint64_t search(const aludel::Engine& engine, const std::vector<Search>& searches);

}  // namespace bench
