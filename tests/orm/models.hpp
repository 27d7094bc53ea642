// Classes and a database for the tests of the ORM.
#pragma once

#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace aludel::test {

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(50), unique> name;
    Mapped<std::optional<std::string>> nick;
    Mapped<std::optional<int>> age;
};

/// Belongs to a user by a plain foreign key.
struct Article {
    static constexpr auto table_name = "articles";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;
    Mapped<std::string> title;
};

/// Every kind of default.
struct Defaults {
    static constexpr auto table_name = "defaults";

    Mapped<int, primary_key> id;
    Mapped<std::string> label;
    Mapped<std::optional<int>, insert_default(7)> constant;
    Mapped<std::optional<std::string>, insert_default(func::current_timestamp())> made_by_sql;
    Mapped<std::optional<int>, server_default(raw_sql("42"))> made_by_server;
    Mapped<std::optional<int>, onupdate(99)> touched;
};

/// A key of two columns, one of them text.
struct Seat {
    static constexpr auto table_name = "seats";

    Mapped<std::string, String(5), primary_key> row;
    Mapped<int, primary_key> place;
    Mapped<std::optional<std::string>> guest;
};

using Base = Registry<User, Article, Defaults, Seat>;

/// A fresh memory database with all tables, and the log of what is done to it afterwards.
class OrmTest : public ::testing::Test {
  protected:
    OrmTest() : engine(create_engine("sqlite://", {.log = log.sink()})) {
        Base::metadata().create_all(engine);
        log.clear();
    }

    /// What was emitted since the last call, statements and parameters, without BEGIN and COMMIT.
    std::vector<std::string> emitted() {
        std::vector<std::string> lines = log.take();
        std::erase_if(lines, [](const std::string& line) {
            return line.rfind("BEGIN", 0) == 0 || line == "COMMIT" || line == "ROLLBACK";
        });
        return lines;
    }

    /// Users with these names, committed; the log is empty afterwards.
    std::vector<Ptr<User>> given_users(Session& session, const std::vector<std::string>& names) {
        std::vector<Ptr<User>> users;
        for (const std::string& name : names) users.push_back(session.add(User{.name = name}));
        session.commit();
        log.clear();
        return users;
    }

    LogCapture log;
    Engine engine;
};

using Lines = std::vector<std::string>;

inline const std::string select_user =
    "SELECT users.id AS users_id, users.name AS users_name, users.nick AS users_nick, users.age AS users_age FROM "
    "users";

}  // namespace aludel::test
