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

/// One row of each class, in memory as objects.
class RelQueryTest : public RelatedTest {
  protected:
    RelQueryTest() {
        for (const char* statement :
             {"INSERT INTO users (id, name) VALUES (1, 'ed')",
              "INSERT INTO addresses (id, email, user_id) VALUES (2, 'x', 1)",
              "INSERT INTO posts (id, user_id) VALUES (3, 1)", "INSERT INTO keywords (id, word) VALUES (4, 'w')",
              "INSERT INTO post_keywords (post_id, keyword_id) VALUES (3, 4)", "INSERT INTO nodes (id) VALUES (5)",
              "INSERT INTO staff (id) VALUES (6)", "INSERT INTO seats (\"row\", place) VALUES ('A', 7)",
              "INSERT INTO tickets (id, seat_row, seat_place) VALUES (8, 'A', 7)",
              "INSERT INTO profiles (id, user_id) VALUES (9, 1)"}) {
            session.execute(text(statement));
        }
        user = session.get<User>(1);
        address = session.get<Address>(2);
        post = session.get<Post>(3);
        keyword = session.get<Keyword>(4);
        node = session.get<Node>(5);
        staff = session.get<Staff>(6);
        seat = session.get<Seat>("A", 7);
        profile = session.get<Profile>(9);
        log.clear();
    }

    /// Runs the query, and compares what it emitted.
    template <class Query>
    void expect_sql(const Query& query, const std::string& sql, const std::string& parameters) {
        log.clear();
        (void)query.all();
        EXPECT_EQ(emitted(), (std::vector<std::string>{sql, "    " + parameters}));
    }

    Ptr<User> user;
    Ptr<Address> address;
    Ptr<Post> post;
    Ptr<Keyword> keyword;
    Ptr<Node> node;
    Ptr<Staff> staff;
    Ptr<Seat> seat;
    Ptr<Profile> profile;
};

/// What an action throws, or "no error".
template <class Error, class Do>
std::string message_of(Do action) {
    try {
        action();
    } catch (const Error& error) {
        return error.message();
    }
    return "no error";
}

}  // namespace aludel::test::related
