// Objects that refer to each other: who keeps whom alive. To be run under AddressSanitizer and LeakSanitizer.
#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace aludel::test {
namespace {

/// A member of the user's own that counts the objects there are.
struct Counted {
    Counted() { ++alive; }
    Counted(const Counted&) { ++alive; }
    Counted& operator=(const Counted&) = default;
    ~Counted() { --alive; }
    static inline int alive = 0;
};

struct Child;

struct Parent {
    static constexpr auto table_name = "parents";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Mapped<std::optional<int>, ForeignKey("children.id")> favourite_id;

    Many<Child, back_populates("parent"), foreign_keys("children.parent_id")> children;
    One<Child, foreign_keys("favourite_id"), post_update> favourite;
    Counted counted;
};

struct Child {
    static constexpr auto table_name = "children";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("parents.id")> parent_id;

    One<Parent, foreign_keys("parent_id")> parent;
    Counted counted;
};

using Base = Registry<Parent, Child>;

class GraphTest : public ::testing::Test {
  protected:
    GraphTest() : engine(create_engine("sqlite://")) {
        Base::metadata().create_all(engine);
        EXPECT_EQ(Counted::alive, 0);
    }
    ~GraphTest() override { EXPECT_EQ(Counted::alive, 0) << "objects outlive their handles and their session"; }

    void given_families(int count) {
        engine.begin([&](Connection& connection) {
            connection.execute(text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
                                    "INSERT INTO parents (id, name) SELECT i, 'p' || i FROM n"),
                               "count"_a = count);
            connection.execute(text("INSERT INTO children (id, parent_id) SELECT id, id FROM parents"));
        });
    }

    Engine engine;
};

Ptr<Parent> family_of_three() {
    auto parent = make(Parent{.name = "p", .children = {Child{}, Child{}}});
    parent->favourite = parent->children[1];
    return parent;
}

TEST_F(GraphTest, cycle_without_session_dies_with_its_last_handle) {
    auto parent = family_of_three();
    EXPECT_EQ(Counted::alive, 3);
    Ptr<Child> child = parent->favourite;
    parent = nullptr;
    EXPECT_EQ(Counted::alive, 3) << "a handle keeps everything that its object is related to alive";
    EXPECT_EQ(child->parent->name, "p");
    child = nullptr;
    EXPECT_EQ(Counted::alive, 0);
}

TEST_F(GraphTest, linking_joins_two_graphs_and_their_handles) {
    auto a = family_of_three();
    auto b = family_of_three();
    b->children.append(a->children[0]);
    EXPECT_EQ(a->children.size(), 1U);
    a = nullptr;
    EXPECT_EQ(Counted::alive, 6) << "what was linked once stays together until nothing holds any of it";
    b = nullptr;
    EXPECT_EQ(Counted::alive, 0);
}

TEST_F(GraphTest, plain_values_own_what_they_hold) {
    {
        const Parent value{.name = "p", .children = {Child{}, Child{}}};
        const Parent copy = value;
        EXPECT_EQ(copy.children[0], value.children[0]);
        EXPECT_EQ(Counted::alive, 4);
    }
    EXPECT_EQ(Counted::alive, 0);
}

TEST_F(GraphTest, object_may_refer_to_itself) {
    struct Local {
        static void link(const Ptr<Parent>& parent) {
            parent->children.append(Child{});
            parent->children.append(parent->children[0]);  // twice in one list
        }
    };
    auto parent = make(Parent{});
    Local::link(parent);
    EXPECT_EQ(parent->children.size(), 2U);
}

TEST_F(GraphTest, closing_a_session_keeps_what_handles_reach_and_nothing_else) {
    given_families(100);
    Ptr<Parent> kept;
    {
        Session session{engine};
        const auto parents = session.query<Parent>().all();
        for (const auto& parent : parents) EXPECT_EQ(parent->children[0]->parent, parent);
        kept = parents[41];
        session.close();
        EXPECT_EQ(Counted::alive, 200) << "the list still has handles";
    }
    EXPECT_EQ(Counted::alive, 2);
    EXPECT_EQ(kept->children[0]->parent->name, "p42");
    EXPECT_EQ(kept->id, 42);
}

TEST_F(GraphTest, detached_graph_may_go_to_other_threads) {
    given_families(1);
    Ptr<Parent> parent;
    {
        Session session{engine};
        parent = session.get<Parent>(1);
        EXPECT_EQ(parent->children[0]->parent, parent);
    }
    std::vector<std::thread> readers;
    for (int i = 0; i < 4; ++i) {
        readers.emplace_back([handle = parent] {
            for (int round = 0; round < 1000; ++round) {
                const Ptr<Child> child = handle->children[0];
                const Ptr<Parent> back = child->parent;
                ASSERT_EQ(back, handle);
            }
        });
    }
    parent = nullptr;
    for (auto& reader : readers) reader.join();
    readers.clear();
    EXPECT_EQ(Counted::alive, 0);
}

TEST_F(GraphTest, rolled_back_graph_leaves_the_session_whole) {
    Ptr<Parent> parent;
    {
        Session session{engine};
        parent = session.add(Parent{.name = "new", .children = {Child{}, Child{}}});
        session.flush();
        session.rollback();
        EXPECT_EQ(object_state(parent), ObjectState::transient);
    }
    EXPECT_EQ(parent->children.size(), 2U);
    EXPECT_EQ(parent->children[0]->parent, parent);
    parent = nullptr;
    EXPECT_EQ(Counted::alive, 0);
}

TEST_F(GraphTest, new_object_that_is_linked_but_not_added_lives_as_long_as_its_session_needs_it) {
    given_families(1);
    Session session{engine};
    auto parent = session.get<Parent>(1);
    const auto guard = session.no_autoflush();  // a flush forgets what waits for a collection that is not loaded
    {
        auto child = make(Child{});
        child->parent = parent;  // no cascade along the other side: the child is in no session
        EXPECT_FALSE(session.contains(child));
    }
    EXPECT_EQ(parent->children.size(), 2U);
    session.rollback();
    EXPECT_EQ(parent->children.size(), 1U);
}

TEST_F(GraphTest, expunged_object_stays_linked) {
    given_families(1);
    Ptr<Child> child;
    {
        Session session{engine};
        auto parent = session.get<Parent>(1);
        child = parent->children[0];
        EXPECT_EQ(child->parent, parent);
        session.expunge(child);
        EXPECT_EQ(object_state(child), ObjectState::detached);
        EXPECT_EQ(child->parent, parent);
    }
    EXPECT_EQ(child->parent->name, "p1");
}

TEST_F(GraphTest, objects_of_two_sessions_cannot_be_related) {
    given_families(2);
    Session one{engine};
    Session two{engine};
    auto child = one.get<Child>(1);
    auto parent = two.get<Parent>(2);
    EXPECT_THROW(child->parent = parent, InvalidRequestError);
    EXPECT_THROW(parent->children.append(child), InvalidRequestError);
    EXPECT_EQ(child->parent->id, 1);
    EXPECT_EQ(parent->children.size(), 1U);
}

TEST_F(GraphTest, unreachable_families_are_swept_while_the_session_is_open) {
    given_families(5000);
    Session session{engine};
    auto kept = session.get<Parent>(7);
    EXPECT_EQ(kept->children.size(), 1U);
    std::size_t most = 0;
    for (int round = 0; round < 4; ++round) {
        for (auto& [parent, child] : session.query<Parent, Child>().join(rel<&Parent::children>).stream()) {
            EXPECT_EQ(child->parent, parent);
            most = std::max(most, session.identity_map_size());
        }
    }
    EXPECT_LT(most, 5000U);
    EXPECT_EQ(kept->children[0]->parent, kept);
    const auto before = session.identity_map_size();
    EXPECT_EQ(session.get<Child>(7), kept->children[0]) << "what a handle reaches is still in the identity map";
    EXPECT_EQ(session.identity_map_size(), before);
}

TEST_F(GraphTest, million_parents_with_children_are_streamed_in_bounded_memory) {
    given_families(1'000'000);
    Session session{engine};
    std::size_t most = 0;
    std::size_t rows = 0;
    for (auto& [parent, child] : session.query<Parent, Child>().join(rel<&Parent::children>).stream()) {
        rows += child->parent == parent ? 1 : 0;
        most = std::max(most, session.identity_map_size());
    }
    EXPECT_EQ(rows, 1'000'000U);
    EXPECT_LT(most, 5000U);
}

TEST_F(GraphTest, chain_of_a_hundred_thousand_objects_needs_no_stack) {
    auto first = make(Parent{});
    Ptr<Parent> last = first;
    for (int i = 0; i < 100'000; ++i) {
        auto child = make(Child{});
        last->favourite = child;
        auto next = make(Parent{});
        child->parent = next;
        last = next;
    }
    Session session{engine};
    session.add(first);
    EXPECT_EQ(session.new_().size(), 200'001U);
    session.expunge_all();
    last = nullptr;
    first = nullptr;
    EXPECT_EQ(Counted::alive, 0);
}

}  // namespace
}  // namespace aludel::test
