// Version counters: what SQLAlchemy's transcripts say of them, and what goes beyond.
#include "support/log_capture.hpp"
#include "support/temporary.hpp"

#include <aludel/aludel.hpp>
#include <aludel/orm/version_id.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace aludel::test::versions {

using Lines = std::vector<std::string>;

struct V {
    static constexpr auto table_name = "v";
    Mapped<int, primary_key> id;
    Mapped<int, version_id> ver;
    Mapped<std::optional<int>> x;
    Mapped<std::optional<std::string>> note;
};

/// The shortest counter there is.
struct Short {
    static constexpr auto table_name = "short";
    Mapped<int, primary_key> id;
    Mapped<std::int16_t, version_id> ver;
    Mapped<int> x;
};

struct Stamped {
    static constexpr auto table_name = "stamped";
    Mapped<int, primary_key> id;
    Mapped<Uuid, version_id, version_id_generator<&Uuid::random>()> stamp;
    Mapped<int> x;
};

/// A trigger counts.
struct Triggered {
    static constexpr auto table_name = "triggered";
    Mapped<int, primary_key> id;
    Mapped<int, version_id, version_id_generator(false), server_default("1")> ver;
    Mapped<int> x;
};

struct Entry;
struct Widget {
    static constexpr auto table_name = "widget";
    Mapped<int, primary_key> id;
    Mapped<int, version_id> ver;
    Mapped<std::optional<int>, ForeignKey("entry.id")> favourite_id;
    One<Entry, foreign_keys("favourite_id"), post_update> favourite;
};
struct Entry {
    static constexpr auto table_name = "entry";
    Mapped<int, primary_key> id;
};

using Base = Registry<V, Short, Stamped, Triggered, Widget, Entry>;

class Versions : public ::testing::Test {
  protected:
    Versions() : engine(create_engine("sqlite://", {.log = log.sink()})), session(engine) {
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

    template <class E, class Work>
    static std::string error_of(Work work) {
        try {
            work();
        } catch (const E& error) {
            return error.message();
        }
        return "no error";
    }

    LogCapture log;
    Engine engine;
    Session session;
};

TEST_F(Versions, Pitfall15_update_of_another_version_is_an_error) {
    auto o = session.add(V{.x = 1});
    session.commit();
    emitted();
    o->x = 2;
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"SELECT v.id AS v_id, v.ver AS v_ver, v.note AS v_note FROM v WHERE v.id = ?", "    (1,)",
                     "UPDATE v SET ver=?, x=? WHERE v.id = ? AND v.ver = ?", "    (2, 2, 1, 1)"}));
    EXPECT_EQ(o->ver, 2);
    session.execute(text("UPDATE v SET ver = 99"));
    o->x = 3;
    EXPECT_EQ(error_of<StaleDataError>([&] { session.flush(); }),
              "UPDATE statement on table 'v' expected to update 1 row(s); 0 were matched.");
    EXPECT_THROW(session.query<V>().count(), PendingRollbackError);
    session.rollback();
    EXPECT_EQ(o->ver, 1);
    EXPECT_EQ(o->x, 1);
}

TEST_F(Versions, Pitfall15_delete_of_another_version_is_an_error) {
    auto o = session.add(V{.x = 1});
    session.commit();
    EXPECT_EQ(o->ver, 1);
    session.execute(text("UPDATE v SET ver = 99"));
    session.delete_(o);
    EXPECT_EQ(error_of<StaleDataError>([&] { session.flush(); }),
              "DELETE statement on table 'v' expected to delete 1 row(s); 0 were matched.");
    session.rollback();
    EXPECT_EQ(o->ver, 1);
}

TEST_F(Versions, Pitfall15_row_that_is_gone_is_an_error_for_delete_too) {
    auto o = session.add(V{.x = 1});
    session.commit();
    EXPECT_EQ(o->ver, 1);
    session.execute(text("DELETE FROM v"));
    session.delete_(o);
    EXPECT_THROW(session.flush(), StaleDataError);
}

TEST_F(Versions, the_first_of_two_sessions_wins) {
    const FreshFile file;
    const Engine shared = create_engine(file.url());
    Base::metadata().create_all(shared);
    Session mine(shared, {.expire_on_commit = false}), yours(shared, {.expire_on_commit = false});
    auto a = mine.add(V{.id = 1, .x = 0});
    mine.commit();
    auto b = yours.get<V>(1);
    yours.commit();
    a->x = 1;
    mine.commit();
    b->x = 2;
    EXPECT_THROW(yours.commit(), StaleDataError);
    yours.rollback();
    EXPECT_EQ(b->x, 1);
    b->x = 2;
    yours.commit();
    EXPECT_EQ(b->ver, 3);
}

TEST_F(Versions, one_by_one_updates_are_counted_together) {
    session.add_all(V{.id = 1, .x = 1}, V{.id = 2, .x = 2}, V{.id = 3, .x = 3});
    session.flush();
    session.execute(text("UPDATE v SET ver = 9 WHERE id = 2"));
    for (const auto& each : session.query<V>().order_by(col<&V::id>).all()) each->x = 7;
    EXPECT_EQ(error_of<StaleDataError>([&] { session.flush(); }),
              "UPDATE statement on table 'v' expected to update 3 row(s); 2 were matched.");
}

TEST_F(Versions, version_left_out_by_a_query_is_read_before_an_update) {
    session.add(V{.x = 1});
    session.commit();
    session.close();
    emitted();
    auto o = session.query<V>().options(load_only(col<&V::x>)).one();
    o->x = 2;
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"SELECT v.id AS v_id, v.x AS v_x FROM v", "    ()", "SELECT v.ver AS v_ver FROM v WHERE v.id = ?",
                     "    (1,)", "UPDATE v SET ver=?, x=? WHERE v.id = ? AND v.ver = ?", "    (2, 2, 1, 1)"}));
}

TEST_F(Versions, counter_at_its_end_is_an_error_that_says_so) {
    auto o = session.add(Short{.x = 1});
    session.commit();
    o->ver = std::int16_t{32767};
    session.commit();
    o->x = 2;
    EXPECT_NE(error_of<DataError>([&] { session.flush(); }).find("a wider type has room for more"), std::string::npos);
    session.rollback();
    EXPECT_EQ(o->ver, 32767);
    EXPECT_EQ(o->x, 1);
}

TEST_F(Versions, generator_without_argument_makes_another_version_each_time) {
    auto o = session.add(Stamped{.x = 1});
    session.flush();
    const Uuid first = o->stamp;
    o->x = 2;
    session.flush();
    EXPECT_NE(o->stamp, first);
    const Uuid second = o->stamp;
    session.commit();
    EXPECT_EQ(o->stamp, second);
    session.execute(update(entity<Stamped>).values(col<&Stamped::stamp> = Uuid::random()));
    o->x = 3;
    EXPECT_THROW(session.flush(), StaleDataError);
}

TEST_F(Versions, version_that_a_trigger_makes_is_read_back) {
    session.execute(
        text("CREATE TRIGGER counting AFTER UPDATE OF x ON triggered BEGIN "
             "UPDATE triggered SET ver = old.ver + 1 WHERE id = old.id; END"));
    auto o = session.add(Triggered{.x = 1});
    session.flush();
    emitted();
    EXPECT_EQ(o->ver, 1);
    o->x = 2;
    session.flush();
    EXPECT_EQ(emitted(),
              (Lines{"UPDATE triggered SET x=? WHERE triggered.id = ? AND triggered.ver = ?", "    (2, 1, 1)",
                     "SELECT triggered.ver AS triggered_ver FROM triggered WHERE "
                     "triggered.id = ?",
                     "    (1,)"}));
    EXPECT_EQ(o->ver, 2);
    o->x = 3;
    session.commit();
    EXPECT_EQ(o->ver, 3);
    session.delete_(o);
    session.commit();
}

TEST_F(Versions, post_update_before_a_delete_counts_and_is_known_to_the_delete) {
    auto w = session.add(Widget{.favourite = Entry{}});
    session.commit();
    EXPECT_TRUE(w->favourite);
    emitted();
    session.delete_(w);
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"UPDATE widget SET ver=?, favourite_id=? WHERE widget.id = ? AND widget.ver = ?",
                                "    (2, None, 1, 1)", "DELETE FROM widget WHERE widget.id = ? AND widget.ver = ?",
                                "    (1, 2)"}));
}

TEST_F(Versions, merge_of_another_version_is_an_error_whether_or_not_the_object_is_expired) {
    auto o = session.add(V{.id = 1, .x = 1});
    session.flush();
    o->x = 2;
    session.flush();
    const auto merge = [&] { session.merge(V{.id = 1, .ver = 1, .x = 3}); };
    const std::string message = error_of<StaleDataError>(merge);
    EXPECT_EQ(message.rfind("Version id '1' on merged state <V at ", 0), 0U) << message;
    EXPECT_NE(message.find("> does not match existing version '2'. Leave the version attribute unset when merging to "
                           "update the most recent version."),
              std::string::npos)
        << message;
    session.commit();
    EXPECT_THROW(merge(), StaleDataError);
    EXPECT_EQ(o->x, 2);
}

TEST_F(Versions, version_that_is_assigned_is_written_as_it_is) {
    auto o = session.add(V{.x = 1});
    session.commit();
    o->ver = 10;
    session.flush();
    EXPECT_EQ(o->ver, 10);
    o->x = 2;
    session.commit();
    EXPECT_EQ(o->ver, 11);
}

TEST_F(Versions, refresh_takes_the_version_of_the_row) {
    auto o = session.add(V{.x = 1});
    session.flush();
    session.execute(text("UPDATE v SET ver = 7"));
    session.refresh(o);
    o->x = 2;
    session.commit();
    EXPECT_EQ(o->ver, 8);
}

}  // namespace aludel::test::versions
