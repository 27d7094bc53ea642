// The classes of the tests that are named after pitfalls, in the form that SQLAlchemy's transcripts of them have.
#pragma once

#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aludel::test::pitfalls {

using namespace aludel::literals;
using Lines = std::vector<std::string>;

struct Address;
struct Ding;

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Mapped<std::optional<std::string>, insert_default("dflt")> nick;

    Many<Address, back_populates("user"), order_by("id")> addresses;
};

struct Address {
    static constexpr auto table_name = "addresses";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;

    One<User, back_populates("addresses")> user;
    Many<Ding, cascade("all, delete-orphan"), back_populates("address")> dingalings;
};

struct Ding {
    static constexpr auto table_name = "dings";

    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("addresses.id")> a_id;

    One<Address, back_populates("dingalings")> address;
};

struct Node {
    static constexpr auto table_name = "nodes";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("nodes.id")> parent_id;
    Mapped<std::optional<std::string>> name;

    Many<Node, back_populates("parent")> children;
    One<Node, back_populates("children"), remote_side("id")> parent;
};

struct P;
struct A;

struct U {
    static constexpr auto table_name = "u";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, unique> name;
    Mapped<std::optional<std::string>, Text, deferred> bio;

    One<P, back_populates("u")> prof;
    Many<A, back_populates("u")> ads;
    Many<A, viewonly> vads;
};

struct P {
    static constexpr auto table_name = "p";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("u.id")> u_id;

    One<U, back_populates("prof")> u;
};

struct A {
    static constexpr auto table_name = "a";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> n;
    Mapped<std::optional<int>, ForeignKey("u.id")> u_id;

    One<U, back_populates("ads")> u;
};

struct Left;

struct Right {
    static constexpr auto table_name = "rights";

    Mapped<int, primary_key> id;

    Many<Left, secondary("left_right"), back_populates("rights")> lefts;
};

struct Left {
    static constexpr auto table_name = "lefts";

    Mapped<int, primary_key> id;

    Many<Right, secondary("left_right"), order_by("id")> rights;
};

using Base = Registry<User, Address, Ding, Node, U, P, A, Left, Right>;

inline const Table left_right{"left_right", Base::metadata(),
                              Column{"left_id", Integer, ForeignKey("lefts.id"), primary_key},
                              Column{"right_id", Integer, ForeignKey("rights.id"), primary_key}};

inline const std::string select_user =
    "SELECT users.id AS users_id, users.name AS users_name, users.nick AS users_nick FROM users";
inline const std::string select_address =
    "SELECT addresses.id AS addresses_id, addresses.email AS addresses_email, addresses.user_id AS addresses_user_id "
    "FROM addresses";
inline const std::string select_u = "SELECT u.id AS u_id, u.name AS u_name FROM u";
inline const std::string select_a = "SELECT a.id AS a_id, a.n AS a_n, a.u_id AS a_u_id FROM a";
inline const std::string insert_user = "INSERT INTO users (name, nick) VALUES (?, ?)";
inline const std::string insert_address = "INSERT INTO addresses (email, user_id) VALUES (?, ?)";
inline const std::string insert_a = "INSERT INTO a (n, u_id) VALUES (?, ?)";
inline const std::string load_addresses = select_address + " WHERE ? = addresses.user_id ORDER BY addresses.id";

/// A fresh memory database with all tables, a session, and the log of what is done to it afterwards.
class PitfallTest : public ::testing::Test {
  protected:
    PitfallTest() {
        Base::metadata().create_all(engine);
        log.clear();
    }

    /// What was emitted since the last call, statements and parameters, without BEGIN, COMMIT and ROLLBACK.
    Lines emitted() {
        Lines lines = log.take();
        std::erase_if(lines, [](const std::string& line) {
            return line.starts_with("BEGIN") || line == "COMMIT" || line == "ROLLBACK";
        });
        return lines;
    }
    /// Commits these objects through a session of their own.
    template <class... Objects>
    void given(Objects... objects) {
        Session writer{engine};
        writer.add_all(std::move(objects)...);
        writer.commit();
        log.clear();
    }
    /// A user with addresses of these names, whom the session does not know.
    void given_user(const Lines& emails) {
        const auto user = make(User{.name = "u"});
        for (const auto& email : emails) user->addresses.append(Address{.email = email});
        given(user);
    }

    LogCapture log;
    Engine engine = create_engine("sqlite://", {.log = log.sink()});
    Session session{engine};
};

/// The message of the error that `act` ends with.
template <class Expected>
std::string message_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const Expected& error) {
        return error.message();
    }
    return "(no error of this class)";
}
/// The SQL of a query, folded.
template <class Query>
std::string sql(const Query& query) {
    return folded(query.str());
}
/// The e-mails, or numbers, of objects.
template <class Objects>
Lines emails(const Objects& objects) {
    Lines found;
    for (const auto& each : objects) found.push_back(each->email->value_or("None"));
    return found;
}
template <class Objects>
std::vector<int> numbers(const Objects& objects) {
    std::vector<int> found;
    for (const auto& each : objects) found.push_back(each->n->value_or(-1));
    return found;
}

}  // namespace aludel::test::pitfalls
