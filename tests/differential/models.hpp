#pragma once

#include <aludel/aludel.hpp>
#include <aludel/orm/version_id.hpp>

#include <optional>
#include <string>

// The models that the cases share; models.py has the same.
namespace differential {

using namespace aludel;
using namespace aludel::literals;

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(50)> name;
    Mapped<std::optional<std::string>, String(100)> fullname;
    Mapped<std::optional<int>> age;
    Mapped<std::optional<bool>> active;
};

struct Address {
    static constexpr auto table_name = "addresses";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(100)> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;
};

struct Item {
    static constexpr auto table_name = "items";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(80)> title;
    Mapped<std::optional<double>, Float> price;
    Mapped<int, insert_default(1)> quantity;
    Mapped<std::string, String(10), server_default("new")> status;
    Mapped<std::optional<std::string>, Text> note;
};

struct Country {
    static constexpr auto table_name = "countries";

    Mapped<std::string, String(2), primary_key> code;
    Mapped<std::optional<std::string>, String(60)> title;
};

struct OrderLine {
    static constexpr auto table_name = "order_lines";

    Mapped<int, primary_key> order_no;
    Mapped<int, primary_key> line_no;
    Mapped<std::optional<std::string>, String(100)> text;
};

using Base = Registry<User, Address, Item, Country, OrderLine>;

inline const Table users{(Base::metadata(), mapper<User>().table())};
inline const Table addresses{mapper<Address>().table()};
inline const Table items{mapper<Item>().table()};
inline const Table countries{mapper<Country>().table()};
inline const Table order_lines{mapper<OrderLine>().table()};

}  // namespace differential
