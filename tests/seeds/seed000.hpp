// What the tests of the notes share: an engine whose statements are kept, its tables, and SQLAlchemy's texts.
#pragma once

#include "models.hpp"
#include "support/log_capture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace notes {

using Lines = std::vector<std::string>;

inline const std::string select_users =
    "SELECT user.id AS user_id, user.name AS user_name, user.password AS user_password, user.admin AS user_admin FROM "
    "user";
inline const std::string select_posts =
    "SELECT post.id AS post_id, post.author_id AS post_author_id, post.created AS post_created, "
    "post.latest_update AS post_latest_update, post.title AS post_title, post.body AS post_body FROM post";
inline const std::string insert_user = "INSERT INTO user (name, password, admin) VALUES (?, ?, ?)";
inline const std::string insert_post =
    "INSERT INTO post (author_id, created, latest_update, title, body) VALUES (?, CURRENT_TIMESTAMP, "
    "CURRENT_TIMESTAMP, ?, ?)";
inline const std::string create_user =
    "CREATE TABLE user ( id INTEGER NOT NULL, name VARCHAR(20) NOT NULL, password TEXT NOT NULL, admin BOOLEAN, "
    "PRIMARY KEY (id), UNIQUE (name) )";
inline const std::string create_post =
    "CREATE TABLE post ( id INTEGER NOT NULL, author_id INTEGER NOT NULL, created TIMESTAMP NOT NULL, "
    "latest_update TIMESTAMP NOT NULL, title VARCHAR(80) NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id), "
    "FOREIGN KEY(author_id) REFERENCES user (id) )";

/// An engine that keeps what it logs. The memory database is empty.
class Seed000 : public ::testing::Test {
  protected:
    /// What was logged since the last call, parameters behind four spaces.
    Lines log() { return log_.take(); }

    aludel::test::LogCapture log_;
    aludel::Engine engine = aludel::create_engine("sqlite://", {.log = log_.sink()});
};

/// With the tables, the three users and the three posts of the notes, and a session without autoflush that has loaded
/// none of them.
class Seed000Rows : public Seed000 {
  protected:
    Seed000Rows() {
        Base::metadata().create_all(engine);
        aludel::Session writer{engine};
        writer.add_all(User{.name = "ed", .password = "pw1"}, User{.name = "wendy", .password = "pw2", .admin = true},
                       User{.name = "jack", .password = "pw3"});
        writer.flush();
        writer.add_all(Post{.author_id = 1, .title = "t1", .body = "b1"},
                       Post{.author_id = 1, .title = "t2", .body = "b2"},
                       Post{.author_id = 2, .title = "t3", .body = "b3"});
        writer.commit();
        writer.close();
        log();
    }

    auto users() { return session.query<User>(); }
    auto posts() { return session.query<Post>(); }

    /// The lines of a first SELECT.
    static Lines begin_and(const std::string& statement, const std::string& parameters) {
        return {"BEGIN (implicit)", statement, "    " + parameters};
    }
    static Lines only(const std::string& statement, const std::string& parameters) {
        return {statement, "    " + parameters};
    }

    aludel::Session session{engine, {.autoflush = false}};
};

/// Names, titles: what the tests compare rows by.
template <class Rows>
Lines names(const Rows& rows) {
    Lines found;
    for (const auto& row : rows) found.push_back(*row->name);
    return found;
}
template <class Rows>
Lines titles(const Rows& rows) {
    Lines found;
    for (const auto& row : rows) found.push_back(*row->title);
    return found;
}

}  // namespace notes
