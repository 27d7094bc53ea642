// The models of the notes: a user and the posts of users.
#pragma once

#include <aludel/aludel.hpp>

#include <chrono>
#include <optional>
#include <ostream>
#include <string>

namespace notes {

struct User {
    static constexpr auto table_name = "user";

    aludel::Mapped<int, aludel::primary_key, aludel::autoincrement> id;
    aludel::Mapped<std::string, aludel::String(20), aludel::unique> name;
    aludel::Mapped<std::string, aludel::TEXT> password;
    aludel::Mapped<std::optional<bool>> admin = false;

    friend std::ostream& operator<<(std::ostream& out, const User& user) {
        return out << "<User '" << user.name << "'>";
    }
};

struct Post {
    static constexpr auto table_name = "post";
    using Time = std::chrono::sys_time<std::chrono::microseconds>;

    aludel::Mapped<int, aludel::primary_key, aludel::autoincrement> id;
    aludel::Mapped<int, aludel::ForeignKey("user.id")> author_id;
    aludel::Mapped<Time, aludel::TIMESTAMP, aludel::insert_default(aludel::func::current_timestamp())> created;
    aludel::Mapped<Time, aludel::TIMESTAMP, aludel::insert_default(aludel::func::current_timestamp())> latest_update;
    aludel::Mapped<std::string, aludel::String(80)> title;
    aludel::Mapped<std::string, aludel::TEXT> body;

    friend std::ostream& operator<<(std::ostream& out, const Post& post) {
        return out << "<Title '" << post.title << "'>";
    }
};

using Base = aludel::Registry<User, Post>;

}  // namespace notes
