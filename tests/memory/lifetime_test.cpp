// Who keeps whom alive: to be run under AddressSanitizer and LeakSanitizer.
#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace aludel::test {
namespace {

struct Item {
    static constexpr auto table_name = "items";
    Mapped<int, primary_key> id;
    Mapped<std::string> text;
};

using Base = Registry<Item>;

class LifetimeTest : public ::testing::Test {
  protected:
    LifetimeTest() : engine(create_engine("sqlite://")) { Base::metadata().create_all(engine); }

    void given_items(int count) {
        engine.begin([&](Connection& connection) {
            connection.execute(text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
                                    "INSERT INTO items (id, text) SELECT i, 'item number ' || i FROM n"),
                               "count"_a = count);
        });
    }

    Engine engine;
};

TEST_F(LifetimeTest, handles_outlive_their_session) {
    given_items(3);
    std::vector<Ptr<Item>> kept;
    {
        Session session{engine};
        kept = session.query<Item>().all();
    }
    ASSERT_EQ(kept.size(), 3u);
    EXPECT_EQ(kept[2]->text, "item number 3");
    EXPECT_EQ(object_state(kept[0]), ObjectState::detached);
}

TEST_F(LifetimeTest, session_may_be_moved_while_objects_are_in_use) {
    Session first{engine};
    auto item = first.add(Item{.text = "x"});
    Session second = std::move(first);
    second.commit();
    EXPECT_EQ(item->text, "x");
}

TEST_F(LifetimeTest, million_rows_are_streamed_in_bounded_memory) {
    constexpr int rows = 1'000'000;
    given_items(rows);
    Session session{engine};
    std::size_t most = 0;
    int seen = 0;
    for (auto& item : session.query<Item>().stream()) {
        seen += item->id > 0 ? 1 : 0;
        if (seen % 1000 == 0) most = std::max(most, session.identity_map_size());
    }
    EXPECT_EQ(seen, rows);
    EXPECT_LT(most, 5000u);
}

TEST_F(LifetimeTest, identity_map_shrinks_when_loaded_rows_are_dropped) {
    given_items(50'000);
    Session session{engine};
    {
        const auto all = session.query<Item>().all();
        EXPECT_EQ(all.size(), 50'000u);
        EXPECT_EQ(session.identity_map_size(), 50'000u);
    }
    const auto some = session.query<Item>().limit(2000).all();
    EXPECT_EQ(some.size(), 2000u);
    for (int round = 0; round < 3; ++round) (void)session.query<Item>().filter(col<&Item::id> > 49'000).all();
    (void)session.query<Item>().all();
    (void)session.query<Item>().limit(1).all();
    EXPECT_LT(session.identity_map_size(), 100'001u);
    EXPECT_EQ(session.get<Item>(1), some.front());
}

TEST_F(LifetimeTest, changed_objects_are_kept_without_a_handle) {
    given_items(1);
    Session session{engine};
    session.get<Item>(1)->text = "changed";
    for (auto& item : session.query<Item>().stream()) EXPECT_EQ(item->text, "changed");
    session.commit();
    EXPECT_EQ(session.get<Item>(1)->text, "changed");
}

TEST_F(LifetimeTest, pending_and_deleted_objects_are_kept_without_a_handle) {
    Session session{engine};
    session.add(Item{.id = 1, .text = "a"});
    session.flush();
    session.delete_(session.get<Item>(1));
    session.flush();
    session.rollback();
    EXPECT_EQ(session.query<Item>().count(), 0);
}

TEST_F(LifetimeTest, detached_object_may_go_to_another_thread) {
    given_items(1);
    Ptr<Item> item;
    {
        Session session{engine};
        item = session.get<Item>(1);
    }
    std::string text;
    std::thread([&text, moved = std::move(item)] {
        const Ptr<Item> copy = moved;
        text = copy->text;
    }).join();
    EXPECT_EQ(text, "item number 1");
}

TEST_F(LifetimeTest, value_that_throws_while_it_is_moved_leaks_nothing) {
    Session session{engine};
    std::vector<Ptr<Item>> handles;
    for (int i = 0; i < 100; ++i) handles.push_back(session.add(Item{.text = std::string(100, 'x')}));
    session.rollback();
    EXPECT_EQ(object_state(handles[0]), ObjectState::transient);
    handles.erase(handles.begin(), handles.begin() + 50);
    session.add_all(handles);
    session.commit();
    EXPECT_EQ(session.query<Item>().count(), 50);
}

TEST_F(LifetimeTest, query_outlives_rows_and_rows_outlive_query) {
    given_items(10);
    Session session{engine};
    std::vector<Ptr<Item>> rows;
    {
        const auto query = session.query<Item>().filter(col<&Item::id> > 5);
        rows = query.all();
    }
    session.expunge_all();
    EXPECT_EQ(rows.size(), 5u);
    EXPECT_EQ(rows[4]->id, 10);
}

}  // namespace
}  // namespace aludel::test
