// merge, inspect, events, statement counts: what a session does with objects that are related.
#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>
#include <aludel/orm/expect_statements.hpp>
#include <aludel/orm/inspect.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace aludel::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Track;

struct Album {
    static constexpr auto table_name = "albums";

    Mapped<int, primary_key> id;
    Mapped<std::string> title;
    Mapped<std::optional<int>> year;

    Many<Track, back_populates("album"), order_by("id"), cascade("all, delete-orphan")> tracks;
};

struct Track {
    static constexpr auto table_name = "tracks";

    Mapped<int, primary_key> id;
    Mapped<std::string> title;
    Mapped<std::optional<int>, ForeignKey("albums.id")> album_id;

    One<Album> album;
};

using Base = Registry<Album, Track>;
using Lines = std::vector<std::string>;

class SessionGraph : public ::testing::Test {
  protected:
    SessionGraph() : engine(create_engine("sqlite://", {.log = log.sink()})) { Base::metadata().create_all(engine); }

    void given_album() {
        Session session{engine};
        session.add(Album{.title = "blue", .tracks = {Track{.title = "one"}, Track{.title = "two"}}});
        session.commit();
        log.clear();
    }
    Lines statements() {
        Lines lines = log.take();
        std::erase_if(lines, [](const std::string& line) {
            return line.rfind("BEGIN", 0) == 0 || line == "COMMIT" || line == "ROLLBACK" || line.rfind("    ", 0) == 0;
        });
        return lines;
    }

    LogCapture log;
    Engine engine;
};

// ---- merge

TEST_F(SessionGraph, merge_of_an_unknown_key_makes_a_new_object) {
    Session session{engine};
    const auto merged = session.merge(Album{.id = 7, .title = "red"});
    EXPECT_TRUE(inspect(merged).pending());
    session.commit();
    EXPECT_EQ(session.get<Album>(7)->title, "red");
}

TEST_F(SessionGraph, merge_copies_what_was_given_and_leaves_the_rest) {
    given_album();
    Session session{engine};
    const auto album = session.get<Album>(1);
    album->year = 1971;
    const auto merged = session.merge(Album{.id = 1, .title = "Blue"});
    EXPECT_EQ(merged, album);
    EXPECT_EQ(album->title, "Blue");
    EXPECT_EQ(album->year, 1971);
}

TEST_F(SessionGraph, merge_follows_collections) {
    given_album();
    Session session{engine};
    const auto merged = session.merge(
        Album{.id = 1, .title = "blue", .tracks = {Track{.id = 2, .title = "second"}, Track{.title = "new"}}});
    log.clear();
    session.flush();
    EXPECT_THAT(statements(), ElementsAre("UPDATE tracks SET title=? WHERE tracks.id = ?",
                                          "INSERT INTO tracks (title, album_id) VALUES (?, ?)",
                                          "DELETE FROM tracks WHERE tracks.id = ?"));
    session.commit();
    ASSERT_EQ(merged->tracks.size(), 2U);
    EXPECT_EQ(merged->tracks[0]->title, "second");
    EXPECT_EQ(merged->tracks[1]->title, "new");
}

TEST_F(SessionGraph, merge_of_a_detached_graph_leaves_it_alone) {
    given_album();
    Ptr<Album> detached;
    {
        Session session{engine};
        detached = session.get<Album>(1);
        EXPECT_EQ(detached->tracks.size(), 2U);
    }
    detached->tracks[0]->title = "changed";
    Session session{engine};
    const auto merged = session.merge(detached);
    EXPECT_NE(merged, detached);
    EXPECT_TRUE(inspect(detached).detached());
    EXPECT_EQ(merged->tracks[0]->title, "changed");
    EXPECT_EQ(merged->tracks[0]->album, merged);
    log.clear();
    session.commit();
    EXPECT_THAT(statements(), ElementsAre("UPDATE tracks SET title=? WHERE tracks.id = ?"));
}

TEST_F(SessionGraph, merge_of_the_sessions_own_object_is_that_object) {
    given_album();
    Session session{engine};
    const auto album = session.get<Album>(1);
    EXPECT_EQ(session.merge(album), album);
    EXPECT_FALSE(session.is_modified(album));
}

// ---- inspect

TEST_F(SessionGraph, inspect_follows_an_object_through_its_states) {
    auto album = make(Album{.title = "green"});
    EXPECT_TRUE(inspect(album).transient());
    EXPECT_FALSE(inspect(album).identity());
    EXPECT_FALSE(object_session(album));
    {
        Session session{engine};
        session.add(album);
        EXPECT_TRUE(inspect(album).pending());
        session.flush();
        EXPECT_TRUE(inspect(album).persistent());
        EXPECT_EQ(inspect(album).identity()->front().as_integer(), 1);
        EXPECT_EQ(object_session(album)->statement_count(), 1U);
        session.commit();
        EXPECT_TRUE(inspect(album).expired());
        session.delete_(album);
        session.flush();
        EXPECT_TRUE(inspect(album).deleted());
        EXPECT_TRUE(inspect(album).was_deleted());
        session.rollback();
        EXPECT_TRUE(inspect(album).persistent());
    }
    EXPECT_TRUE(inspect(album).detached());
}

TEST_F(SessionGraph, history_of_columns_and_relationships) {
    given_album();
    Session session{engine};
    auto album = session.get<Album>(1);
    const auto state = inspect(album);
    EXPECT_THAT(state.history<&Album::title>().unchanged, ElementsAre("blue"));
    EXPECT_TRUE(state.history<&Album::tracks>().empty()) << "history loads nothing";
    album->title = "Blue";
    EXPECT_THAT(state.history<&Album::title>().added, ElementsAre("Blue"));
    EXPECT_THAT(state.history<&Album::title>().deleted, ElementsAre("blue"));
    const auto first = album->tracks[0];
    const auto second = album->tracks[1];
    album->tracks.remove(first);
    album->tracks.append(Track{.title = "three"});
    const auto history = state.history<&Album::tracks>();
    EXPECT_THAT(history.added, ElementsAre(album->tracks[1]));
    EXPECT_THAT(history.unchanged, ElementsAre(second));
    EXPECT_THAT(history.deleted, ElementsAre(first));
    EXPECT_TRUE(state.modified());
    EXPECT_TRUE(inspect(first).history<&Track::album>().has_changes());
    session.flush();
    EXPECT_FALSE(state.modified());
    EXPECT_THAT(state.history<&Album::tracks>().added, IsEmpty());
}

TEST_F(SessionGraph, unloaded_names_what_is_not_in_memory) {
    given_album();
    Session session{engine};
    auto album = session.get<Album>(1);
    EXPECT_THAT(inspect(album).unloaded(), ElementsAre("tracks"));
    session.expire(album, "title");
    EXPECT_THAT(inspect(album).unloaded(), ElementsAre("title", "tracks"));
}

TEST_F(SessionGraph, transient_again_and_added_again) {
    given_album();
    Session session{engine};
    auto track = session.get<Track>(1);
    session.delete_(track);
    session.commit();
    make_transient(track);
    EXPECT_TRUE(inspect(track).transient());
    session.add(track);
    session.commit();
    EXPECT_EQ(session.get<Track>(1)->title, "one");
}

TEST_F(SessionGraph, detached_by_hand_is_read_at_its_first_use) {
    given_album();
    auto album = make(Album{.id = 1});
    make_transient_to_detached(album);
    EXPECT_TRUE(inspect(album).detached());
    Session session{engine};
    session.add(album);
    EXPECT_TRUE(inspect(album).persistent());
    EXPECT_EQ(album->title, "blue");
    EXPECT_THROW(make_transient_to_detached(make(Album{})), InvalidRequestError);
}

// ---- expire and refresh of relationships

TEST_F(SessionGraph, expire_of_one_relationship_reads_that_one) {
    given_album();
    Session session{engine};
    auto album = session.get<Album>(1);
    EXPECT_EQ(album->tracks.size(), 2U);
    session.execute(text("INSERT INTO tracks (title, album_id) VALUES ('three', 1)"));
    session.expire(album, "tracks");
    log.clear();
    EXPECT_EQ(album->title, "blue");
    EXPECT_THAT(statements(), IsEmpty());
    EXPECT_EQ(album->tracks.size(), 3U);
    session.execute(text("DELETE FROM tracks WHERE title = 'three'"));
    session.refresh(album, "tracks");
    EXPECT_EQ(album->tracks.size(), 2U);
    EXPECT_THROW(session.expire(album, "nothing"), InvalidRequestError);
}

// ---- events

TEST_F(SessionGraph, events_come_in_order) {
    Lines seen;
    SessionEvents events;
    const auto note = [&](SessionEvent event, const char* name) {
        events.listen(event, [&seen, name](Session&) { seen.emplace_back(name); });
    };
    note(SessionEvent::before_commit, "before_commit");
    note(SessionEvent::before_flush, "before_flush");
    note(SessionEvent::after_begin, "after_begin");
    note(SessionEvent::after_flush, "after_flush");
    note(SessionEvent::after_flush_postexec, "after_flush_postexec");
    note(SessionEvent::after_commit, "after_commit");
    note(SessionEvent::after_rollback, "after_rollback");
    events.listen<Album>(ObjectEvent::before_insert, [&](const Ptr<Album>&) { seen.emplace_back("before_insert"); });
    events.listen<Album>(ObjectEvent::after_insert, [&](const Ptr<Album>&) { seen.emplace_back("after_insert"); });
    Session session{engine, {.events = events}};
    session.add(Album{.title = "x"});
    session.commit();
    EXPECT_THAT(seen, ElementsAre("before_commit", "before_flush", "after_begin", "before_insert", "after_insert",
                                  "after_flush", "after_flush_postexec", "after_commit"));
    seen.clear();
    session.add(Album{.title = "y"});
    session.flush();
    session.rollback();
    EXPECT_EQ(seen.back(), "after_rollback");
}

TEST_F(SessionGraph, listener_may_change_what_is_written) {
    Session session{engine};
    session.events().listen<Album>(ObjectEvent::before_insert, [](const Ptr<Album>& album) { album->year = 2000; });
    session.events().listen<Album>(ObjectEvent::before_update, [](const Ptr<Album>& album) { album->year = 2001; });
    session.events().listen(SessionEvent::before_flush, [](Session& flushing) {
        if (flushing.new_().size() == 1) flushing.add(Track{.title = "by a listener"});
    });
    auto album = session.add(Album{.title = "x"});
    session.commit();
    EXPECT_EQ(album->year, 2000);
    EXPECT_EQ(session.query<Track>().count(), 1);
    album->title = "y";
    session.commit();
    EXPECT_EQ(album->year, 2001);
}

TEST_F(SessionGraph, object_events_tell_of_loads_updates_and_deletes) {
    given_album();
    Lines seen;
    Session session{engine};
    const auto note = [&](ObjectEvent event, const char* name) {
        session.events().listen<Track>(event, [&seen, name](const Ptr<Track>&, Session&) { seen.emplace_back(name); });
    };
    note(ObjectEvent::load, "load");
    note(ObjectEvent::refresh, "refresh");
    note(ObjectEvent::expire, "expire");
    note(ObjectEvent::before_update, "before_update");
    note(ObjectEvent::after_update, "after_update");
    note(ObjectEvent::before_delete, "before_delete");
    note(ObjectEvent::after_delete, "after_delete");
    auto track = session.get<Track>(1);
    track->title = "changed";
    session.flush();
    session.expire(track);
    EXPECT_EQ(track->title, "changed");
    session.delete_(track);
    session.flush();
    EXPECT_THAT(seen, ElementsAre("load", "before_update", "after_update", "expire", "refresh", "before_delete",
                                  "after_delete"));
}

TEST_F(SessionGraph, what_a_listener_throws_fails_the_flush) {
    Session session{engine};
    session.events().listen<Album>(ObjectEvent::before_insert,
                                   [](const Ptr<Album>&) { throw ArgumentError("not this one"); });
    session.add(Album{.title = "x"});
    EXPECT_THROW(session.flush(), ArgumentError);
    EXPECT_THROW(session.query<Album>().all(), PendingRollbackError);
    session.rollback();
    EXPECT_THAT(session.query<Album>().all(), IsEmpty());
}

TEST_F(SessionGraph, what_a_listener_throws_before_a_flush_changes_nothing) {
    Session session{engine};
    bool refuses = true;
    session.events().listen(SessionEvent::before_flush, [&](Session&) {
        if (refuses) throw ArgumentError("not now");
    });
    session.add(Album{.title = "x"});
    EXPECT_THROW(session.flush(), ArgumentError);
    refuses = false;
    session.commit();
    EXPECT_EQ(session.query<Album>().count(), 1);
}

// ---- sessions that let go of their objects

TEST_F(SessionGraph, objects_may_be_expunged_while_a_result_is_read) {
    {
        Session session{engine};
        for (int i = 0; i < 50; ++i) session.add(Album{.title = "a", .tracks = {Track{.title = "t"}}});
        session.commit();
    }
    Session session{engine};
    int seen = 0;
    for (const auto& album : session.query<Album>().stream()) {
        EXPECT_EQ(album->tracks.size(), 1U);
        session.expunge_all();
        ++seen;
    }
    EXPECT_EQ(seen, 50);
}

TEST_F(SessionGraph, refused_relation_leaves_both_sides_as_they_were) {
    given_album();
    Session session{engine};
    Session other{engine};
    auto track = session.get<Track>(1);
    const auto album = track->album.get();
    const auto foreign = other.get<Album>(1);
    EXPECT_THROW(track->album = foreign, InvalidRequestError);
    EXPECT_EQ(track->album, album);
    track->title = "changed";
    session.commit();
    EXPECT_EQ(session.query<Track>().count(), 2) << "it is no orphan";
}

TEST_F(SessionGraph, new_object_that_moves_between_parents_is_written_with_the_last_one) {
    Session session{engine};
    auto a = session.add(Album{.title = "a"});
    auto b = session.add(Album{.title = "b"});
    auto track = make(Track{.title = "t"});
    a->tracks.append(track);
    b->tracks.append(track);
    track->album = a;
    track->album = b;
    EXPECT_TRUE(session.contains(track)) << "it was an orphan at no time";
    session.commit();
    EXPECT_EQ(track->album, b);
    EXPECT_EQ(a->tracks.size(), 0U);
}

TEST_F(SessionGraph, child_of_a_deleted_parent_that_found_another_one_is_kept) {
    given_album();
    Session session{engine};
    auto blue = session.get<Album>(1);
    auto track = blue->tracks[0];
    auto red = session.add(Album{.title = "red"});
    session.delete_(blue);
    red->tracks.append(track);
    session.commit();
    EXPECT_EQ(track->album, red);
    EXPECT_EQ(session.query<Track>().count(), 1);
}

// ---- counting

TEST_F(SessionGraph, statements_are_counted_across_transactions) {
    Session session{engine};
    session.add(Album{.title = "x"});
    session.commit();
    session.add(Album{.title = "y"});
    session.commit();
    EXPECT_EQ(session.statement_count(), 2U);
}

TEST_F(SessionGraph, expect_statements_lists_what_was_sent) {
    given_album();
    Session session{engine};
    const auto title = expect_statements(session, 1, [&] { return *session.get<Album>(1)->title; });
    EXPECT_EQ(title, "blue");
    expect_statements(session, 0, [&] { EXPECT_EQ(session.get<Album>(1)->title, "blue"); });
    try {
        expect_statements(session, 1, [&] {
            session.commit();
            EXPECT_EQ(session.get<Album>(1)->tracks.size(), 2U);
        });
        FAIL() << "two statements were sent";
    } catch (const StatementCountError& error) {
        EXPECT_THAT(error.what(), HasSubstr("1 statement(s) were expected, 2 were sent"));
        EXPECT_THAT(error.what(), HasSubstr("2. SELECT tracks.id"));
    }
}

TEST_F(SessionGraph, repeated_lazy_loads_are_reported_with_their_cure) {
    {
        Session session{engine};
        for (int i = 0; i < 3; ++i) session.add(Album{.title = "a", .tracks = {Track{.title = "t"}}});
        session.commit();
    }
    log.clear();
    Session strict{engine, {.n_plus_one = NPlusOne::raise}};
    const auto albums = strict.query<Album>().all();
    EXPECT_EQ(albums[0]->tracks.size(), 1U);
    try {
        static_cast<void>(albums[1]->tracks.size());
        FAIL() << "the second load should be refused";
    } catch (const InvalidRequestError& error) {
        EXPECT_THAT(error.what(), HasSubstr("Album.tracks"));
        EXPECT_THAT(error.what(), HasSubstr("selectinload(rel<&Album::tracks>)"));
    }
    log.clear();
    Session warned{engine, {.n_plus_one = NPlusOne::warn}};
    for (const auto& album : warned.query<Album>().all()) EXPECT_EQ(album->tracks.size(), 1U);
    int warnings = 0;
    for (const auto& line : log.take()) warnings += line.find("selectinload(rel<&Album::tracks>)") != std::string::npos;
    EXPECT_EQ(warnings, 1) << "once for a result and a relationship";
    Session cured{engine, {.n_plus_one = NPlusOne::raise}};
    for (const auto& album : cured.query<Album>().options(selectinload(rel<&Album::tracks>)).all()) {
        EXPECT_EQ(album->tracks.size(), 1U);
    }
    EXPECT_EQ(cured.statement_count(), 2U);
}

}  // namespace
}  // namespace aludel::test
