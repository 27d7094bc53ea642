// Classes that are related in every direction, for the tests of relationships in queries.
#pragma once

#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aludel::test::related {

struct Address;
struct Profile;
struct Post;
struct Keyword;
struct Ticket;

struct User {
    static constexpr auto table_name = "users";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;

    Many<Address, back_populates("user"), order_by("id")> addresses;
    One<Profile> profile;
    Dynamic<Post, back_populates("author")> posts;
};

struct Address {
    static constexpr auto table_name = "addresses";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;

    One<User> user;
};

struct Profile {
    static constexpr auto table_name = "profiles";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;

    One<User> user;
};

struct Post {
    static constexpr auto table_name = "posts";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;
    Mapped<std::optional<std::string>> title;

    One<User> author;
    Many<Keyword, secondary("post_keywords")> keywords;
};

struct Keyword {
    static constexpr auto table_name = "keywords";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> word;

    Many<Post> posts;
};

/// A tree.
struct Node {
    static constexpr auto table_name = "nodes";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("nodes.id")> parent_id;
    Mapped<std::optional<std::string>> name;

    Many<Node> children;
    One<Node> parent;
};

/// A graph.
struct Staff {
    static constexpr auto table_name = "staff";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;

    Dynamic<Staff, secondary("staff_up"), back_populates("down"), primaryjoin("staff.id == staff_up.down_id"),
            secondaryjoin("staff.id == staff_up.up_id")>
        up;
    Dynamic<Staff> down;
};

/// A key of two columns, and what refers to it.
struct Seat {
    static constexpr auto table_name = "seats";
    Mapped<std::string, primary_key> row;
    Mapped<int, primary_key> place;

    Many<Ticket> tickets;
};

struct Ticket {
    static constexpr auto table_name = "tickets";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> seat_row;
    Mapped<std::optional<int>> seat_place;

    One<Seat, back_populates("tickets")> seat;

    static auto table_args() {
        return TableArgs{ForeignKeyConstraint({"seat_row", "seat_place"}, {"seats.row", "seats.place"})};
    }
};

/// Related to nothing.
struct Ding {
    static constexpr auto table_name = "dings";
    Mapped<int, primary_key> id;
};

using Base = Registry<User, Address, Profile, Post, Keyword, Node, Staff, Seat, Ticket, Ding>;

inline const Table post_keywords{"post_keywords", Base::metadata(),
                                 Column{"post_id", ForeignKey("posts.id"), primary_key},
                                 Column{"keyword_id", ForeignKey("keywords.id"), primary_key}};
inline const Table staff_up{"staff_up", Base::metadata(), Column{"up_id", ForeignKey("staff.id")},
                            Column{"down_id", ForeignKey("staff.id")}};

/// A memory database, a session, and the log of what is done.
class RelatedTest : public ::testing::Test {
  protected:
    RelatedTest() : engine(create_engine("sqlite://", {.log = log.sink()})), session(engine) {
        Base::metadata().create_all(engine);
        log.clear();
    }

    /// Statements and parameters since the last call, without BEGIN, COMMIT and ROLLBACK.
    std::vector<std::string> emitted() {
        std::vector<std::string> lines = log.take();
        std::erase_if(lines, [](const std::string& line) {
            return line.rfind("BEGIN", 0) == 0 || line == "COMMIT" || line == "ROLLBACK";
        });
        return lines;
    }

    LogCapture log;
    Engine engine;
    Session session;
};

}  // namespace aludel::test::related
