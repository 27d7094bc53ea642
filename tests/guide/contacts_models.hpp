// The users and addresses of several chapters.
#pragma once

#include <aludel/aludel.hpp>

#include <optional>
#include <ostream>
#include <string>

namespace contacts {

using namespace aludel;

// begin: models
struct Address;

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<std::optional<std::string>> fullname;

    Many<Address, back_populates("user"), order_by("id")> addresses;

    friend std::ostream& operator<<(std::ostream& out, const User& user) { return out << "<User " << user.name << '>'; }
};

struct Address {
    static constexpr auto table_name = "addresses";

    Mapped<int, primary_key> id;
    Mapped<std::string> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;

    One<User> user;

    friend std::ostream& operator<<(std::ostream& out, const Address& address) {
        return out << "<Address " << address.email << '>';
    }
};

using Base = Registry<User, Address>;
// end

/// ed and wendy without addresses, jack with two.
inline void add_users(Session& session) {
    session.add_all(User{.name = "ed", .fullname = "Ed Jones"}, User{.name = "wendy", .fullname = "Wendy Williams"});
    session.add(User{.name = "jack",
                     .fullname = "Jack Bean",
                     .addresses = {Address{.email = "jack@google.com"}, Address{.email = "j25@yahoo.com"}}});
    session.commit();
}

}  // namespace contacts
