// What the tests of the tutorial share: its models, an engine whose statements are kept, its rows, SQLAlchemy's texts.
#pragma once

#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <iosfwd>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

// The classes of examples/tutorial in a namespace, apart from those of the notes. Its headers are included above.
namespace tutorial {
#include "../../examples/tutorial/models.hpp"
}  // namespace tutorial

namespace tutorial {

using namespace aludel::literals;
using Lines = std::vector<std::string>;

/// The tutorial's first sections: addresses without a cascade of deletes.
namespace plain {

struct Address;

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Mapped<std::optional<std::string>> fullname;
    Mapped<std::optional<std::string>> password;

    Many<Address, order_by("id"), back_populates("user")> addresses;

    friend std::ostream& operator<<(std::ostream& out, const User& user) {
        return out << "<User(name='" << user.name->value_or("None") << "', fullname='"
                   << user.fullname->value_or("None") << "', password='" << user.password->value_or("None") << "')>";
    }
};

struct Address {
    static constexpr auto table_name = "addresses";

    Mapped<int, primary_key> id;
    Mapped<std::string> email_address;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;

    One<User, back_populates("addresses")> user;

    friend std::ostream& operator<<(std::ostream& out, const Address& address) {
        return out << "<Address(email_address='" << address.email_address << "')>";
    }
};

using Base = Registry<User, Address>;

}  // namespace plain

inline const std::string select_users =
    "SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname, users.password AS "
    "users_password FROM users";
inline const std::string select_addresses =
    "SELECT addresses.id AS addresses_id, addresses.email_address AS addresses_email_address, addresses.user_id AS "
    "addresses_user_id FROM addresses";
inline const std::string insert_user = "INSERT INTO users (name, fullname, password) VALUES (?, ?, ?)";
inline const std::string insert_address = "INSERT INTO addresses (email_address, user_id) VALUES (?, ?)";
inline const std::string count_jacks =
    "SELECT count(*) AS count_1 FROM (" + select_users + " WHERE users.name = ?) AS anon_1";
inline const std::string count_addresses =
    "SELECT count(*) AS count_1 FROM (" + select_addresses + " WHERE addresses.email_address IN (?, ?)) AS anon_1";

inline const std::string jack_printed = "<User(name='jack', fullname='Jack Bean', password='gjffdd')>";
inline const std::string google_printed = "<Address(email_address='jack@google.com')>";
inline const std::string yahoo_printed = "<Address(email_address='j25@yahoo.com')>";

inline Lines only(const std::string& statement, const std::string& parameters) {
    return {statement, "    " + parameters};
}
inline Lines begin_and(const std::string& statement, const std::string& parameters) {
    return {"BEGIN (implicit)", statement, "    " + parameters};
}

template <class Object>
std::string printed(const Object& object) {
    std::ostringstream out;
    out << object;
    return out.str();
}
/// What each row prints.
template <class Rows>
Lines all_printed(const Rows& rows) {
    Lines texts;
    for (const auto& row : rows) texts.push_back(printed(row));
    return texts;
}

/// An engine that keeps what it logs, a session, and no tables.
class Seed004 : public ::testing::Test {
  protected:
    /// What was logged since the last call, parameters behind four spaces.
    Lines log() { return log_.take(); }
    /// The tables, and the users of the prelude.
    template <class Registry, class User>
    void begin_with_users() {
        Registry::metadata().create_all(engine);
        session.add_all(User{.name = "ed", .fullname = "Ed Jones", .password = "f8s7ccs"},
                        User{.name = "wendy", .fullname = "Wendy Williams", .password = "foobar"},
                        User{.name = "mary", .fullname = "Mary Contrary", .password = "xxg527"},
                        User{.name = "fred", .fullname = "Fred Flinstone", .password = "blah"});
        session.commit();
        log();
    }

    aludel::test::LogCapture log_;
    aludel::Engine engine = aludel::create_engine("sqlite://", {.log = log_.sink()});
    aludel::Session session{engine};
};

/// With the users of the prelude.
class Seed004Users : public Seed004 {
  protected:
    Seed004Users() { begin_with_users<plain::Base, plain::User>(); }

    static plain::User new_jack() {
        return {.name = "jack",
                .fullname = "Jack Bean",
                .password = "gjffdd",
                .addresses = {plain::Address{.email_address = "jack@google.com"},
                              plain::Address{.email_address = "j25@yahoo.com"}}};
    }
};

/// With jack and his two addresses as well, whom the session does not know yet.
class Seed004Jack : public Seed004Users {
  protected:
    Seed004Jack() {
        Session writer{engine};
        writer.add(new_jack());
        writer.commit();
        log();
    }
    /// Jack, loaded.
    Ptr<plain::User> load_jack() {
        auto jack = session.query<plain::User>().filter_by("name"_a = "jack").one();
        log();
        return jack;
    }
};

}  // namespace tutorial
