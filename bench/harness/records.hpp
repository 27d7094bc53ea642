// The rows of the benchmarks as plain structs: what the users of a raw client would keep them in.
#pragma once

#include <string>
#include <vector>

namespace bench {

struct User {
    int id = 0;
    std::string name;
    std::string fullname;
    std::string password;
};

struct Address {
    int id = 0;
    std::string email_address;
    int user_id = 0;
};

struct UserWithAddresses {
    User user;
    std::vector<Address> addresses;
};

/// Two columns of a user.
struct Name {
    int id = 0;
    std::string name;
};

/// A row of the join of both tables.
struct Match {
    std::string name;
    std::string email_address;
};

}  // namespace bench
