// Classes that lead to each other in every direction, for the tests of loading strategies.
#pragma once

#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace aludel::test::loading {

struct D;
struct E;
struct F;
struct B;
struct C;

struct U {
    static constexpr auto table_name = "u";

    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<std::optional<std::string>, deferred> bio;
    Many<D, back_populates("u"), order_by("id")> ads;
};

struct D {
    static constexpr auto table_name = "d";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("u.id")> u_id;
    Mapped<std::string> z;
    One<U, back_populates("ads")> u;
    Many<E> es;
};

struct E {
    static constexpr auto table_name = "e";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("d.id")> d_id;
    Many<F> fs;
};

struct F {
    static constexpr auto table_name = "f";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("e.id")> e_id;
};

struct A {
    static constexpr auto table_name = "a";

    Mapped<int, primary_key> id;
    Mapped<std::string> x;
    Many<B, secondary("ab"), back_populates("as_"), order_by("id")> bs;
};

struct B {
    static constexpr auto table_name = "b";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("c.id")> c_id;
    Many<A, secondary("ab"), back_populates("bs")> as_;
    One<C> c;
};

struct C {
    static constexpr auto table_name = "c";

    Mapped<int, primary_key> id;
    Mapped<std::string> y;
};

/// A tree that loads two levels with each query.
struct N {
    static constexpr auto table_name = "n";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("n.id")> pid;
    Mapped<std::string> name;
    Many<N, lazy("joined"), join_depth(2)> kids;
};

struct Row;

/// A key of two columns.
struct Pair {
    static constexpr auto table_name = "pairs";

    Mapped<int, primary_key> a;
    Mapped<int, primary_key> b;
    Mapped<std::string> v;
    Many<Row> rows;
};

struct Row {
    static constexpr auto table_name = "rows";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> ca;
    Mapped<std::optional<int>> cb;

    static auto table_args() { return TableArgs{ForeignKeyConstraint({"ca", "cb"}, {"pairs.a", "pairs.b"})}; }
};

struct Song;

/// Each strategy in the model.
struct Album {
    static constexpr auto table_name = "albums";

    Mapped<int, primary_key> id;
    Mapped<std::string> title;
    Many<Song, back_populates("album"), lazy("selectin"), order_by("id")> songs;
};

struct Song {
    static constexpr auto table_name = "songs";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("albums.id")> album_id;
    Mapped<std::optional<int>, ForeignKey("c.id")> c_id;
    One<Album, back_populates("songs"), lazy("joined")> album;
    One<C, lazy("batch")> c;
};

using Base = Registry<U, D, E, F, A, B, C, N, Pair, Row, Album, Song>;

inline const Table ab{"ab", Base::metadata(), Column{"a_id", ForeignKey("a.id"), primary_key},
                      Column{"b_id", ForeignKey("b.id"), primary_key}};

using Lines = std::vector<std::string>;

/// Three users with two addresses each (and so on), three pairs of many-to-many objects.
class LoadingTest : public ::testing::Test {
  protected:
    LoadingTest() : engine(create_engine("sqlite://", {.log = log.sink()})), session(engine) {
        Base::metadata().create_all(engine);
        for (int i = 1; i <= 3; ++i) {
            auto user = session.add(U{.name = "u" + std::to_string(i), .bio = "bio"});
            for (int j = 0; j < 2; ++j) {
                D address{.z = std::to_string(i) + std::to_string(j)};
                address.es = {E{.fs = {F{}}}, E{}};
                user->ads.append(std::move(address));
            }
        }
        for (int i = 1; i <= 3; ++i) {
            session.add(A{.x = "a" + std::to_string(i), .bs = {B{.c = C{.y = "c"}}}});
        }
        session.commit();
        restart();
    }

    /// An empty session and an empty log.
    void restart() {
        session.rollback();
        session.expunge_all();
        log.clear();
    }
    /// The statements since the last call, without parameters.
    Lines emitted() {
        Lines statements = log.statements();
        log.clear();
        return statements;
    }
    /// With parameters.
    Lines emitted_with_parameters() {
        Lines lines = log.take();
        std::erase_if(lines, [](const std::string& line) { return line.rfind("BEGIN", 0) == 0; });
        return lines;
    }
    /// The text that a query would emit.
    template <class Query>
    static std::string text(const Query& query) {
        return folded(query.str());
    }

    LogCapture log;
    Engine engine;
    Session session;
};

inline const std::string u_columns = "u.id AS u_id, u.name AS u_name";
inline const std::string d_columns = "d.id AS d_id, d.u_id AS d_u_id, d.z AS d_z";
inline const std::string d_1_columns = "d_1.id AS d_1_id, d_1.u_id AS d_1_u_id, d_1.z AS d_1_z";
inline const std::string e_1_columns = "e_1.id AS e_1_id, e_1.d_id AS e_1_d_id";
inline const std::string select_u = "SELECT " + u_columns + " FROM u";
inline const std::string select_d = "SELECT " + d_columns + " FROM d";
inline const std::string lazy_ads = select_d + " WHERE ? = d.u_id ORDER BY d.id";
inline const std::string selectin_ads = "SELECT d.u_id AS d_u_id, d.id AS d_id, d.z AS d_z FROM d WHERE d.u_id IN ";

}  // namespace aludel::test::loading
