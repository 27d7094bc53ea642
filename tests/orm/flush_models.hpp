// Classes for the tests of the unit of work: a relationship of each direction and kind.
#pragma once

#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace aludel::test::flush {

struct Address;
struct Post;
struct Ding;
struct Keyword;

struct User {
    static constexpr auto table_name = "users";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Many<Address, back_populates("user"), order_by("id")> addresses;
    Many<Post, back_populates("author")> posts;
};

struct Address {
    static constexpr auto table_name = "addresses";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;
    One<User, back_populates("addresses")> user;
    Many<Ding, back_populates("address")> dings;
};

struct Ding {
    static constexpr auto table_name = "dings";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("addresses.id")> address_id;
    One<Address, back_populates("dings")> address;
};

struct Post {
    static constexpr auto table_name = "posts";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> headline;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;
    One<User, back_populates("posts")> author;
    Many<Keyword, secondary("post_keywords"), back_populates("posts")> keywords;
};

struct Keyword {
    static constexpr auto table_name = "keywords";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, unique> word;
    Many<Post, secondary("post_keywords"), back_populates("keywords")> posts;
};

/// A tree.
struct Node {
    static constexpr auto table_name = "nodes";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Mapped<std::optional<int>, ForeignKey("nodes.id")> parent_id;
    Many<Node, back_populates("parent")> children;
    One<Node, remote_side("id"), back_populates("children")> parent;
};

struct Entry;

/// Refers to rows that refer to it.
struct Widget {
    static constexpr auto table_name = "widget";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("entry.id")> fav_id;
    Many<Entry, primaryjoin("Widget.id == Entry.w_id")> entries;
    One<Entry, primaryjoin("Widget.fav_id == Entry.id"), post_update> fav;
};

struct Entry {
    static constexpr auto table_name = "entry";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("widget.id")> w_id;
};

struct C1;
struct C2;
struct C3;
struct C4;

/// A parent with children of every kind.
struct P {
    static constexpr auto table_name = "p";
    Mapped<int, primary_key> id;
    Many<C1> plain;
    Many<C2, cascade("all, delete-orphan"), back_populates("p")> orph;
    Many<C3, cascade("all, delete"), passive_deletes> pas;
    Many<C4, passive_deletes("all")> pall;
};

struct C1 {
    static constexpr auto table_name = "c1";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("p.id")> p_id;
};

struct C2 {
    static constexpr auto table_name = "c2";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("p.id")> p_id;
    One<P, back_populates("orph")> p;
};

struct C3 {
    static constexpr auto table_name = "c3";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("p.id", ondelete("CASCADE"))> p_id;
};

struct C4 {
    static constexpr auto table_name = "c4";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("p.id", ondelete("CASCADE"))> p_id;
};

struct Book;

/// Its key changes, and the session tells the books.
struct Author {
    static constexpr auto table_name = "author";
    Mapped<std::string, primary_key> name;
    Many<Book, passive_updates(false)> books;
};

struct Book {
    static constexpr auto table_name = "book";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, ForeignKey("author.name")> author_name;
};

struct Street;

/// Its key changes, and the database tells the streets.
struct City {
    static constexpr auto table_name = "city";
    Mapped<std::string, primary_key> name;
    Many<Street> streets;
};

struct Street {
    static constexpr auto table_name = "street";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, ForeignKey("city.name", onupdate("CASCADE"))> city_name;
};

/// Its key changes, and those that refer to it are in no collection.
struct Country {
    static constexpr auto table_name = "country";
    Mapped<std::string, primary_key> code;
};

struct Trip {
    static constexpr auto table_name = "trip";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, ForeignKey("country.code")> code;
    One<Country, passive_updates(false)> country;
};

struct Profile;

struct Account {
    static constexpr auto table_name = "account";
    Mapped<int, primary_key> id;
    One<Profile, back_populates("account")> profile;
};

struct Profile {
    static constexpr auto table_name = "profile";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("account.id")> account_id;
    One<Account, back_populates("profile")> account;
};

/// Many-to-many with itself.
struct Person {
    static constexpr auto table_name = "person";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Many<Person, secondary("friendship"), primaryjoin("Person.id == friendship.a_id"),
         secondaryjoin("Person.id == friendship.b_id"), back_populates("friend_of")>
        friends;
    Many<Person, secondary("friendship"), primaryjoin("Person.id == friendship.b_id"),
         secondaryjoin("Person.id == friendship.a_id"), back_populates("friends")>
        friend_of;
};

struct File;
struct Label;

/// A tree whose nodes have children and an association of their own.
struct Folder {
    static constexpr auto table_name = "folder";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("folder.id")> parent_id;
    Many<Folder, back_populates("parent"), cascade("all, delete-orphan")> folders;
    One<Folder, remote_side("id"), back_populates("folders")> parent;
    Many<File, back_populates("folder"), cascade("all, delete-orphan")> files;
    Many<Label, secondary("folder_label")> labels;
};

struct File {
    static constexpr auto table_name = "file";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("folder.id")> folder_id;
    One<Folder, back_populates("files")> folder;
};

struct Label {
    static constexpr auto table_name = "label";
    Mapped<std::string, primary_key> text;
};

struct Mark;

struct Song {
    static constexpr auto table_name = "song";
    Mapped<int, primary_key> id;
    Many<Mark, secondary("song_mark"), passive_updates(false), back_populates("songs")> labels;
};

/// Its key, which changes, is in an association table.
struct Mark {
    static constexpr auto table_name = "mark";
    Mapped<std::string, primary_key> text;
    Many<Song, secondary("song_mark"), passive_updates(false), back_populates("labels")> songs;
};

struct BlogEntry;

struct Blog {
    static constexpr auto table_name = "blog";
    Mapped<int, primary_key> id;
    Dynamic<BlogEntry, back_populates("blog")> entries;
};

struct BlogEntry {
    static constexpr auto table_name = "blog_entry";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("blog.id")> blog_id;
    One<Blog, back_populates("entries")> blog;
};

struct Place {
    static constexpr auto table_name = "place";
    Mapped<int, primary_key> id;
};

/// Owns what it refers to.
struct Shop {
    static constexpr auto table_name = "shop";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("place.id")> place_id;
    One<Place, cascade("all, delete-orphan"), single_parent> place;
};

struct Seat;

struct Flight {
    static constexpr auto table_name = "flight";
    Mapped<std::string, primary_key> code;
    Mapped<int, primary_key> day;
    Many<Seat, back_populates("flight")> seats;
};

struct Seat {
    static constexpr auto table_name = "seat";
    static auto table_args() { return TableArgs{ForeignKeyConstraint({"code", "day"}, {"flight.code", "flight.day"})}; }
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> code;
    Mapped<std::optional<int>> day;
    One<Flight, back_populates("seats")> flight;
};

struct Shadow;

/// Shares its key with its shadow.
struct Body {
    static constexpr auto table_name = "body";
    Mapped<int, primary_key> id;
    One<Shadow> shadow;
};

struct Shadow {
    static constexpr auto table_name = "shadow";
    Mapped<int, primary_key, ForeignKey("body.id")> body_id;
};

struct Hen;

struct Egg {
    static constexpr auto table_name = "egg";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("hen.id")> hen_id;
    One<Hen, foreign_keys("hen_id")> hen;
};

struct Hen {
    static constexpr auto table_name = "hen";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("egg.id")> egg_id;
    One<Egg, foreign_keys("egg_id")> egg;
};

using Base = Registry<User, Address, Ding, Post, Keyword, Node, Widget, Entry, P, C1, C2, C3, C4, Author, Book, City,
                      Street, Country, Trip, Account, Profile, Person, Folder, File, Label, Song, Mark, Blog, BlogEntry,
                      Place, Shop, Flight, Seat, Body, Shadow, Egg, Hen>;

inline const Table post_keywords{"post_keywords", Base::metadata(),
                                 Column{"post_id", ForeignKey("posts.id"), primary_key},
                                 Column{"keyword_id", ForeignKey("keywords.id"), primary_key}};
inline const Table folder_label{"folder_label", Base::metadata(),
                                Column{"folder_id", ForeignKey("folder.id"), primary_key},
                                Column{"label_text", ForeignKey("label.text"), primary_key}};
inline const Table song_mark{"song_mark", Base::metadata(), Column{"song_id", ForeignKey("song.id"), primary_key},
                             Column{"mark_text", ForeignKey("mark.text"), primary_key}};
inline const Table friendship{"friendship", Base::metadata(), Column{"a_id", ForeignKey("person.id"), primary_key},
                              Column{"b_id", ForeignKey("person.id"), primary_key}};

using Lines = std::vector<std::string>;

/// A fresh memory database with all tables, a session, and the log of what is done afterwards.
class FlushTest : public ::testing::Test {
  protected:
    FlushTest() : engine(create_engine("sqlite://", {.log = log.sink()})), session(engine) {
        Base::metadata().create_all(engine);
        log.clear();
    }

    /// What was emitted since the last call, without BEGIN, COMMIT and ROLLBACK.
    Lines emitted() {
        Lines lines = log.take();
        std::erase_if(lines, [](const std::string& line) {
            return line.rfind("BEGIN", 0) == 0 || line == "COMMIT" || line == "ROLLBACK";
        });
        return lines;
    }
    void committed() {
        session.commit();
        log.clear();
    }
    /// The database looks at foreign keys when the transaction ends, not statement by statement.
    void defer_foreign_keys() {
        execute("PRAGMA defer_foreign_keys = ON");
        log.clear();
    }
    void execute(const std::string& sql) { session.execute(text(sql)); }

    /// The message of the error that a flush ends with.
    template <class E>
    std::string flush_error() {
        try {
            session.flush();
        } catch (const E& error) {
            return error.message();
        }
        return "no error";
    }

    LogCapture log;
    Engine engine;
    Session session;
};

}  // namespace aludel::test::flush
