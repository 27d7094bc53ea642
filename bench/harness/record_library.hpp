// A library whose users keep rows in plain structs: the raw clients and SOCI.
#pragma once

#include "harness/checksum.hpp"
#include "harness/library.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace bench {

class RecordLibrary : public Library {
  public:
    explicit RecordLibrary(Database database) : database_(std::move(database)) {}

    std::unique_ptr<Task> task(Workload workload, int size) final;

    virtual void begin() = 0;
    virtual void commit() = 0;
    // What follows runs between the two.

    /// Objects made of the values, inserted, with their keys.
    virtual std::vector<User> insert_users(const std::vector<User>& values) = 0;
    virtual std::vector<User> load_users() = 0;
    /// Of every user that was read: `touched`.
    virtual std::uint64_t get_users(const std::vector<int>& keys) = 0;
    /// Gives each user its name, and writes that.
    virtual void rename_users(std::vector<User>& users, const std::vector<std::string>& names) = 0;
    virtual std::vector<UserWithAddresses> load_eagerly() = 0;
    virtual std::vector<UserWithAddresses> load_lazily() = 0;
    virtual std::vector<Name> load_names() = 0;
    /// Of every row that was found: `touched`.
    virtual std::uint64_t search(const std::vector<Search>& searches) = 0;

    [[nodiscard]] const Database& database() const { return database_; }

  private:
    Database database_;
};

/// Reads every field, in a few instructions: for sums inside of what is measured.
inline std::uint64_t touched(const User& user) {
    return touch(user.id) + touch(user.name) + touch(user.fullname) + touch(user.password);
}
inline std::uint64_t touched(const Match& match) { return touch(match.name) + touch(match.email_address); }

}  // namespace bench
