// Mapped classes for the tables of a database.
#pragma once

#include <aludel/aludel.hpp>
#include <aludel/orm/table_args.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace automapped {

using namespace aludel;

struct Country;
struct Tag;
struct UserAccount;
struct Visit;
struct Note;

struct Country {
    static constexpr auto table_name = "country";
    static auto table_args() {
        return TableArgs{UniqueConstraint("name", aludel::name("uq_country_name"))};
    }

    Mapped<std::string, CHAR(2), primary_key> code;
    Mapped<std::string, String(100)> name;
    Mapped<std::int64_t, server_default(raw_sql("0"))> population;

    Many<UserAccount, back_populates("home"), foreign_keys("user_account.home_id")> user_account_collection;
    Many<UserAccount, back_populates("work"), foreign_keys("user_account.work_id")> user_account_collection_2;
};

struct Tag {
    static constexpr auto table_name = "tag";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> label;

    Many<UserAccount, secondary("user_tag"), back_populates("tag_collection")> user_account_collection;
};

struct UserAccount {
    static constexpr auto table_name = "user_account";
    static auto table_args() {
        return TableArgs{CheckConstraint("balance >= 0", aludel::name("positive")),
                         Index("ix_account_email", "email", descending("born"))};
    }

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, Text, aludel::name("class")> class_;
    Mapped<std::string, String(50), unique> email;
    Mapped<std::optional<Decimal>, Numeric(10, 2)> balance;
    Mapped<std::optional<std::chrono::year_month_day>> born;
    Mapped<std::optional<std::string>, CHAR(2), ForeignKey("country.code", ondelete("SET NULL"))> home_id;
    Mapped<std::optional<std::string>, CHAR(2), ForeignKey("country.code")> work_id;
    Mapped<std::optional<int>, ForeignKey("user_account.id")> manager_id;

    One<Country, back_populates("user_account_collection"), foreign_keys("user_account.home_id")> home;
    One<Country, back_populates("user_account_collection_2"), foreign_keys("user_account.work_id")> work;
    One<UserAccount, back_populates("user_account_collection"), remote_side("user_account.id")> manager;
    Many<UserAccount, back_populates("manager")> user_account_collection;
    Many<Visit, back_populates("user")> visit_collection;
    Many<Tag, secondary("user_tag"), back_populates("user_account_collection")> tag_collection;
};

struct Visit {
    static constexpr auto table_name = "visit";
    static auto table_args() {
        return TableArgs{PrimaryKeyConstraint("user_id", "country_code", "year")};
    }

    Mapped<int, primary_key, ForeignKey("user_account.id")> user_id;
    Mapped<std::string, CHAR(2), primary_key> country_code;
    Mapped<int, primary_key> year;
    Mapped<std::optional<int>, computed("year * 0", persisted)> days;

    One<UserAccount, back_populates("visit_collection")> user;
    Many<Note, back_populates("visit")> note_collection;
};

struct Note {
    static constexpr auto table_name = "note";
    static auto table_args() {
        return TableArgs{ForeignKeyConstraint({"user_id", "country_code", "year"}, {"visit.user_id", "visit.country_code", "visit.year"}, aludel::name("fk_visit"))};
    }

    Mapped<std::optional<int>> user_id;
    Mapped<std::optional<std::string>, CHAR(2)> country_code;
    Mapped<std::optional<int>> year;
    Mapped<std::optional<std::string>, Text> text;
    Mapped<int, primary_key> id;

    One<Visit, back_populates("note_collection")> visit;
};

using Base = Registry<Country, Tag, UserAccount, Visit, Note>;

inline const Table log_table{"log", Base::metadata(),
    Column{"line", Text}};

inline const Table user_tag_table{"user_tag", Base::metadata(),
    Column{"user_id", type_of<int>, primary_key, ForeignKey("user_account.id")},
    Column{"tag_id", type_of<int>, primary_key, ForeignKey("tag.id")}};

}  // namespace automapped
