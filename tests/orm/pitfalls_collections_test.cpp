// Pitfalls 17 to 20: relationships in memory.
#include "orm/pitfall_models.hpp"

#include <initializer_list>
#include <type_traits>

namespace aludel::test::pitfalls {
namespace {

TEST_F(PitfallTest, Pitfall17_appending_to_a_second_list_takes_the_object_out_of_the_first) {
    const auto u1 = make(User{.name = "x"}), u2 = make(User{.name = "y"});
    const auto a = make(Address{.email = "m"});
    u1->addresses.append(a);
    EXPECT_TRUE(a->user == u1);
    u2->addresses.append(a);
    EXPECT_TRUE(u1->addresses.empty());
    EXPECT_EQ(u2->addresses.size(), 1u);
    EXPECT_TRUE(a->user == u2);
}

TEST_F(PitfallTest, Pitfall17_duplicates_stay_and_removing_one_of_two_keeps_the_other_side) {
    const auto u1 = make(User{.name = "x"}), u2 = make(User{.name = "y"});
    const auto a = make(Address{.email = "m"});
    u2->addresses.append(a);
    u1->addresses = {a, a};
    EXPECT_EQ(u1->addresses.size(), 2u);
    EXPECT_TRUE(u2->addresses.empty());
    u1->addresses.remove(a);
    EXPECT_EQ(u1->addresses.size(), 1u);
    EXPECT_TRUE(a->user == u1);
    u1->addresses.remove(a);
    EXPECT_TRUE(a->user == nullptr);
}

TEST_F(PitfallTest, Pitfall17_replacing_a_list_removes_what_is_missing_and_appends_what_is_new) {
    const auto u = make(User{.name = "x"});
    const auto a = make(Address{.email = "a"}), b = make(Address{.email = "b"}), c = make(Address{.email = "c"});
    u->addresses = {a, b};
    u->addresses = {b, c};
    EXPECT_TRUE(a->user == nullptr);
    EXPECT_TRUE(b->user == u);
    EXPECT_TRUE(c->user == u);
    EXPECT_EQ(emails(u->addresses), (Lines{"b", "c"}));
}

TEST_F(PitfallTest, Pitfall17_assigning_the_reference_changes_both_lists) {
    given_user({"a", "b", "c"});
    const auto u = session.get<User>(1);
    const auto a = u->addresses[0];
    log.clear();
    a->user = nullptr;
    EXPECT_EQ(emails(u->addresses), (Lines{"b", "c"}));
    EXPECT_EQ(log.lines(), Lines{});
}

TEST_F(PitfallTest, Pitfall18_change_of_a_list_that_is_not_loaded_is_merged_when_it_loads) {
    given_user({"a"});
    const auto u = session.get<User>(1);
    const auto n = session.add(Address{.email = "new"});
    log.clear();
    {
        const auto guard = session.no_autoflush();
        n->user = u;
        EXPECT_EQ(log.lines(), Lines{});  // nothing is loaded
        EXPECT_EQ(emails(u->addresses), (Lines{"a", "new"}));
    }
    EXPECT_EQ(emitted(), (Lines{load_addresses, "    (1,)"}));
    session.flush();
    EXPECT_EQ(emitted(), (Lines{insert_address, "    ('new', 1)"}));
}

TEST_F(PitfallTest, Pitfall18_object_outside_of_the_session_is_forgotten_by_the_flush) {
    given_user({"a"});
    const auto u = session.get<User>(1);
    const auto n = make(Address{.email = "new"});
    n->user = u;
    EXPECT_EQ(object_state(n), ObjectState::transient);  // no cascade along the other side
    EXPECT_FALSE(session.contains(n));
    log.clear();
    EXPECT_EQ(emails(u->addresses), (Lines{"a"}));  // the load flushed first
    EXPECT_TRUE(n->user == u);
}

TEST_F(PitfallTest, Pitfall18_viewonly_list_takes_objects_writes_nothing_and_is_stale_until_expired) {
    given(U{.name = "m", .ads = {A{.n = 1}, A{.n = 2}, A{.n = 3}}});
    const auto u = session.get<U>(1);
    EXPECT_EQ(u->vads.size(), 3u);
    log.clear();
    u->vads.append(A{.n = 99});
    session.flush();
    EXPECT_EQ(log.lines(), Lines{});
    EXPECT_EQ(u->vads.size(), 4u);
    u->ads.append(A{.n = 7});
    session.flush();
    EXPECT_EQ(emitted(), (Lines{select_a + " WHERE ? = a.u_id", "    (1,)", insert_a, "    (7, 1)"}));
    EXPECT_EQ(numbers(u->vads), (std::vector{1, 2, 3, 99}));
    session.expire(u, "vads");
    EXPECT_EQ(numbers(u->vads), (std::vector{1, 2, 3, 7}));
    EXPECT_EQ(emitted(), (Lines{select_a + " WHERE ? = a.u_id", "    (1,)"}));
}

TEST_F(PitfallTest, Pitfall19_list_keeps_the_order_of_the_program_until_it_is_loaded_anew) {
    given(U{.name = "n"});
    const auto u = session.get<U>(1);
    u->ads.append(A{.n = 3});
    u->ads.insert(0, A{.n = 1});
    log.clear();
    session.flush();
    EXPECT_EQ(emitted(), (Lines{insert_a, "    (3, 1)", insert_a, "    (1, 1)"}));
    EXPECT_EQ(numbers(u->ads), (std::vector{1, 3}));
    session.expire(u, "ads");
    EXPECT_EQ(numbers(u->ads), (std::vector{3, 1}));
    EXPECT_EQ(emitted(), (Lines{select_a + " WHERE ? = a.u_id", "    (1,)"}));
}

TEST_F(PitfallTest, Pitfall19_deleted_object_stays_in_a_loaded_list_until_it_expires) {
    given(U{.name = "m", .ads = {A{.n = 1}, A{.n = 2}}});
    const auto u = session.get<U>(1);
    const auto a = u->ads[0];
    session.delete_(a);
    log.clear();
    session.flush();
    EXPECT_EQ(emitted(), (Lines{"DELETE FROM a WHERE a.id = ?", "    (1,)"}));
    EXPECT_TRUE(u->ads.contains(a));
    session.commit();
    log.clear();
    EXPECT_FALSE(u->ads.contains(a));
    EXPECT_EQ(emitted(), (Lines{select_u + " WHERE u.id = ?", "    (1,)", select_a + " WHERE ? = a.u_id", "    (1,)"}));
    EXPECT_EQ(object_state(a), ObjectState::detached);
    EXPECT_NE(message_of<InvalidRequestError>([&] { session.add(a); }).find("has been deleted"), std::string::npos);
}

TEST_F(PitfallTest, Pitfall20_wrong_types_and_none_do_not_compile) {
    using Addresses = decltype(User::addresses);
    static_assert(std::is_assignable_v<Addresses&, std::initializer_list<Ptr<Address>>>);
    static_assert(!std::is_assignable_v<Addresses&, std::nullptr_t>);
    static_assert(!std::is_assignable_v<Addresses&, Ptr<Address>>);
    static_assert(!std::is_assignable_v<Addresses&, std::initializer_list<Ptr<User>>>);
    static_assert(!std::is_assignable_v<decltype(Address::user)&, Ptr<Address>>);
    static_assert(!std::is_assignable_v<decltype(Address::user)&, std::string>);
}

TEST_F(PitfallTest, Pitfall20_null_handle_in_a_list_is_an_error) {
    const auto u = make(User{.name = "x"});
    EXPECT_THROW(u->addresses.append(Ptr<Address>{}), InvalidRequestError);
    EXPECT_TRUE(u->addresses.empty());
}

}  // namespace
}  // namespace aludel::test::pitfalls
