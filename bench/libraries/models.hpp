// The tables as mapped classes of aludel.
#pragma once

#include <aludel/aludel.hpp>

#include <string>

namespace bench::model {

using namespace aludel;

struct Address;

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(50)> name;
    Mapped<std::string, String(50)> fullname;
    Mapped<std::string, String(50)> password;

    Many<Address, back_populates("user")> addresses;
};

struct Address {
    static constexpr auto table_name = "addresses";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(50)> email_address;
    Mapped<int, ForeignKey("users.id"), indexed> user_id;

    One<User, back_populates("addresses")> user;
};

using Base = Registry<User, Address>;

}  // namespace bench::model
