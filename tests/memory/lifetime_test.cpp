// Who keeps whom alive: to be run under AddressSanitizer and LeakSanitizer.
#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace aludel::test {

/// Text that refuses to be copied or moved, on command.
struct Fragile {
    struct Refusal {};

    /// The copy or move, counted from 1, that throws; 0: none does.
    static inline int copies_until_refusal = 0;
    static inline int alive = 0;

    Fragile() { ++alive; }
    explicit Fragile(std::string from) : text(std::move(from)) { ++alive; }
    Fragile(const Fragile& other) : text((reach(), other.text)) { ++alive; }
    Fragile(Fragile&& other) : text((reach(), std::move(other.text))) { ++alive; }  // NOLINT: it throws
    Fragile& operator=(const Fragile& other) {
        reach();
        text = other.text;
        return *this;
    }
    Fragile& operator=(Fragile&& other) {  // NOLINT: it throws
        reach();
        text = std::move(other.text);
        return *this;
    }
    ~Fragile() { --alive; }

    static void reach() {
        if (copies_until_refusal != 0 && --copies_until_refusal == 0) throw Refusal{};
    }

    std::string text;
};

}  // namespace aludel::test

template <>
struct aludel::TypeDecorator<aludel::test::Fragile> {
    using impl = std::string;
    static std::string process_bind_param(const test::Fragile& value) { return value.text; }
    static test::Fragile process_result_value(std::string text) { return test::Fragile(std::move(text)); }
};

namespace aludel::test {
namespace {

struct Piece {
    static constexpr auto table_name = "pieces";
    Mapped<int, primary_key> id;
    Mapped<Fragile> label;
};

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

// The objects of rows that nobody holds are freed when the session has grown to twice what the last sweep left.
TEST_F(LifetimeTest, dropped_loads_are_freed_by_the_next_ones) {
    constexpr int load = 30'000;
    given_items(3 * load);
    Session session{engine};
    std::size_t most = 0;
    for (int first : {1, load + 1, 2 * load + 1}) {
        const auto query = session.query<Item>().filter(col<&Item::id>.between(first, first + load - 1));
        std::vector<Ptr<Item>> rows;
        for (auto& row : query.stream()) {
            rows.push_back(row);
            if (rows.size() % 100 == 0) most = std::max(most, session.identity_map_size());
        }
        EXPECT_EQ(rows.size(), std::size_t{load});
        EXPECT_GE(session.identity_map_size(), std::size_t{load}) << "what handles hold stays";
        EXPECT_EQ(session.get<Item>(first), rows.front());
    }
    EXPECT_LE(most, std::size_t{2 * load});
}

TEST_F(LifetimeTest, dropped_lists_are_freed_by_the_next_ones) {
    constexpr int load = 30'000;
    given_items(3 * load);
    Session session{engine};
    for (int first : {1, load + 1, 2 * load + 1}) {
        const auto query = session.query<Item>().filter(col<&Item::id>.between(first, first + load - 1));
        EXPECT_EQ(query.all().size(), std::size_t{load});
        EXPECT_LE(session.identity_map_size(), std::size_t{2 * load}) << "after the rows from " << first;
    }
}

TEST_F(LifetimeTest, many_small_dropped_lists_stay_bounded) {
    constexpr int load = 100, loads = 500;
    given_items(load * loads);
    Session session{engine};
    std::size_t most = 0;
    for (int i = 0; i < loads; ++i) {
        const int first = i * load + 1;
        const auto rows = session.query<Item>()
                              .filter(col<&Item::id>.between(first, first + load - 1))
                              .order_by(col<&Item::id>)
                              .all();
        ASSERT_EQ(rows.size(), std::size_t{load});
        ASSERT_EQ(rows.front()->id, first);
        most = std::max(most, session.identity_map_size());
    }
    EXPECT_LE(most, 2048u);
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

TEST_F(LifetimeTest, rolled_back_objects_may_be_dropped_or_added_again) {
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

TEST_F(LifetimeTest, value_that_throws_while_it_is_moved_leaks_nothing) {
    Registry<Piece>::metadata().create_all(engine);
    const std::string label(100, 'x');
    {
        Session session{engine};
        int step = 0;
        for (bool failed = true; failed;) {
            bool committed = failed = false;
            session.query<Piece>().delete_();
            session.commit();
            session.expunge_all();
            Fragile::copies_until_refusal = ++step;
            try {
                const Ptr<Piece> made = session.add(make(Piece{.label = Fragile(label)}));
                const Ptr<Piece> added = session.add(Piece{.label = Fragile(label)});
                session.flush();
                session.expire(added);
                EXPECT_EQ(session.query<Piece>().all().size(), 2u);
                made->label = Fragile(label + "!");
                session.commit();
                committed = true;
                const Piece copy = *made;
                EXPECT_EQ(copy.label->text, label + "!");
            } catch (const Fragile::Refusal&) {
                failed = true;
            }
            Fragile::copies_until_refusal = 0;
            session.rollback();
            ASSERT_EQ(session.query<Piece>().count(), committed ? 2 : 0) << "at step " << step;
            ASSERT_LT(step, 200);
        }
        EXPECT_GT(step, 5) << "so many copies and moves were refused";
        EXPECT_EQ(session.query<Piece>().first()->label->text.size(), label.size() + 1);
    }
    EXPECT_EQ(Fragile::alive, 0);
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
