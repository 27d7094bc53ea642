// The suite that is written once and runs on every database: its fixture and its classes.
#pragma once

#include "support/databases.hpp"
#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Ends the test on a database that lacks the capability, and says which it was.
#define ALUDEL_NEEDS(capability)                                                      \
    if (!has(GetParam(), ::aludel::test::Capability::capability))                     \
    GTEST_SKIP() << ::aludel::test::to_string(GetParam()) << " lacks the capability " \
                 << ::aludel::test::to_string(::aludel::test::Capability::capability)

/// Makes the tests of a suite run on every database: `<suite>.<name>/sqlite`, and so on.
#define ALUDEL_ON_EVERY_DATABASE(suite)                                                  \
    INSTANTIATE_TEST_SUITE_P(, suite, ::testing::ValuesIn(::aludel::test::all_backends), \
                             [](const auto& instance) { return std::string(to_string(instance.param)); })

namespace aludel::test::compliance {

using namespace aludel::literals;
using Lines = std::vector<std::string>;

struct Address;
struct Profile;
struct Post;
struct Keyword;
struct Ticket;

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(40), unique> name;
    Mapped<std::optional<std::string>, String(80)> fullname;
    Mapped<std::optional<int>> age;
    Mapped<bool, insert_default(true)> active;

    Many<Address, back_populates("user"), order_by("id"), cascade("all, delete-orphan")> addresses;
    One<Profile, back_populates("user")> profile;
    Many<Post, back_populates("author"), order_by("id")> posts;
};

struct Address {
    static constexpr auto table_name = "addresses";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(80)> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;

    One<User, back_populates("addresses")> user;
};

/// The other end of a reference that is no list.
struct Profile {
    static constexpr auto table_name = "profiles";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, Text, deferred> bio;
    Mapped<std::optional<int>, ForeignKey("users.id"), unique> user_id;

    One<User, back_populates("profile")> user;
};

struct Post {
    static constexpr auto table_name = "posts";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(80)> title;
    Mapped<std::optional<std::string>, Text> body;
    Mapped<std::optional<int>, ForeignKey("users.id")> author_id;

    One<User, back_populates("posts")> author;
    Many<Keyword, secondary("post_keywords"), back_populates("posts"), order_by("id")> keywords;
};

struct Keyword {
    static constexpr auto table_name = "keywords";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(40), unique> word;

    Dynamic<Post, secondary("post_keywords"), back_populates("keywords")> posts;
};

/// A tree.
struct Node {
    static constexpr auto table_name = "nodes";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(40)> name;
    Mapped<std::optional<int>, ForeignKey("nodes.id")> parent_id;

    Many<Node, back_populates("parent"), order_by("id")> children;
    One<Node, remote_side("id"), back_populates("children")> parent;
};

/// A key of two columns, whose names are words of SQL.
struct Seat {
    static constexpr auto table_name = "order";

    Mapped<std::string, String(4), primary_key> row;
    Mapped<int, primary_key> select;
    Mapped<std::optional<std::string>, String(40)> note;

    Many<Ticket, back_populates("seat"), order_by("id")> tickets;
};

struct Ticket {
    static constexpr auto table_name = "tickets";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, String(4)> seat_row;
    Mapped<std::optional<int>> seat_select;

    One<Seat, back_populates("tickets")> seat;

    static auto table_args() {
        return TableArgs{ForeignKeyConstraint({"seat_row", "seat_select"}, {"order.row", "order.select"})};
    }
};

/// Defaults of the program and of the database.
struct Item {
    static constexpr auto table_name = "items";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(80)> title;
    Mapped<std::optional<Decimal>, Numeric(12, 2)> price;
    Mapped<int, insert_default(1)> quantity;
    Mapped<std::string, String(10), server_default("new")> status;
};

/// A key that is a text.
struct Country {
    static constexpr auto table_name = "countries";

    Mapped<std::string, String(2), primary_key> code;
    Mapped<std::optional<std::string>, String(60)> title;
};

using Base = Registry<User, Address, Profile, Post, Keyword, Node, Seat, Ticket, Item, Country>;

inline const Table post_keywords{"post_keywords", Base::metadata(),
                                 Column{"post_id", ForeignKey("posts.id"), primary_key},
                                 Column{"keyword_id", ForeignKey("keywords.id"), primary_key}};

/// A fresh database without tables, its engine, and the log of what is done to it.
class EmptyDatabaseTest : public ::testing::TestWithParam<Backend> {
  protected:
    void SetUp() override;
    void TearDown() override;

    /// An engine of its own for the test's database.
    Engine another_engine(EngineOptions options = {}) const {
        return create_engine(database_->url(), std::move(options));
    }
    const Database& database() const { return *database_; }
    /// The only value of a statement's only row, on a connection of its own: what is committed.
    template <class T>
    T committed(const std::string& sql) const {
        Connection connection = engine.connect();
        return connection.execute(text(sql)).template scalar_one<T>();
    }
    /// How many rows of the class are committed.
    template <class T>
    std::int64_t rows_of() const {
        Session reader{engine};
        return static_cast<std::int64_t>(reader.query<T>().count());
    }
    /// The statements since the last call.
    std::size_t statements() {
        const std::size_t count = log.statements().size();
        log.clear();
        return count;
    }

    LogCapture log;
    Engine engine = create_engine("sqlite://");  // until SetUp

  private:
    std::optional<Database> database_;
};

/// The same with the tables of the classes above, and a session.
class ComplianceTest : public EmptyDatabaseTest {
  protected:
    void SetUp() override;
    void TearDown() override;

    /// Commits these objects through a session of their own.
    template <class... Objects>
    void given(Objects... objects) const {
        Session writer{engine};
        writer.add_all(std::move(objects)...);
        writer.commit();
    }
    /// Users of these names, with the ids 1, 2, ….
    void given_users(const Lines& names) const;
    /// A user `ed` with addresses of these names.
    void given_addresses(const Lines& emails) const;
    /// What the session has not committed is lost, what it has in memory forgotten.
    void restart();

    Session session{engine};
};

/// The names of users, the e-mails of addresses, the words of keywords.
template <class Objects>
Lines names(const Objects& objects) {
    Lines found;
    for (const auto& each : objects) found.push_back(*each->name);
    return found;
}
template <class Objects>
Lines emails(const Objects& objects) {
    Lines found;
    for (const auto& each : objects) found.push_back(*each->email);
    return found;
}
template <class Objects>
Lines words(const Objects& objects) {
    Lines found;
    for (const auto& each : objects) found.push_back(*each->word);
    return found;
}

}  // namespace aludel::test::compliance
