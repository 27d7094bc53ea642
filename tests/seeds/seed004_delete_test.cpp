// The tutorial, sections 12 and 13: deleting without and with a cascade.
#include "seed004.hpp"

namespace tutorial {
namespace {

/// The classes of section 13: the same tables again, addresses go with their user.
namespace cascading {

struct Address;

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Mapped<std::optional<std::string>> fullname;
    Mapped<std::optional<std::string>> password;

    Many<Address, back_populates("user"), cascade("all, delete, delete-orphan")> addresses;
};

struct Address {
    static constexpr auto table_name = "addresses";

    Mapped<int, primary_key> id;
    Mapped<std::string> email_address;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;

    One<User, back_populates("addresses")> user;
};

using Base = Registry<User, Address>;

}  // namespace cascading

const std::string delete_address = "DELETE FROM addresses WHERE addresses.id = ?";
const std::string delete_user = "DELETE FROM users WHERE users.id = ?";

/// Jack with his addresses loaded, marked for deletion.
class Seed004Delete : public Seed004Jack {
  protected:
    Seed004Delete() {
        EXPECT_EQ(jack->addresses.size(), 2u);
        log();
        session.delete_(jack);
    }
    std::int64_t jacks() { return session.query<plain::User>().filter_by("name"_a = "jack").count(); }
    std::int64_t addresses() {
        return session.query<plain::Address>()
            .filter(col<&plain::Address::email_address>.in_({"jack@google.com", "j25@yahoo.com"}))
            .count();
    }

    const Ptr<plain::User> jack = load_jack();
};

TEST_F(Seed004Delete, S4_076_addresses_lose_their_user_first) {
    jacks();
    auto lines = log();
    lines.resize(2);
    EXPECT_EQ(lines, only("UPDATE addresses SET user_id=? WHERE addresses.id = ?", "((None, 1), (None, 2))"));
}

TEST_F(Seed004Delete, S4_077_then_the_user_is_deleted) {
    jacks();
    const auto lines = log();
    ASSERT_EQ(lines.size(), 6u);
    EXPECT_EQ(Lines(lines.begin() + 2, lines.begin() + 4), only(delete_user, "(5,)"));
}

TEST_F(Seed004Delete, S4_078_then_users_are_counted) {
    EXPECT_EQ(jacks(), 0);
    const auto lines = log();
    ASSERT_EQ(lines.size(), 6u);
    EXPECT_EQ(Lines(lines.begin() + 4, lines.end()), only(count_jacks, "('jack',)"));
}

TEST_F(Seed004Delete, S4_079_the_addresses_remain) {
    jacks();
    log();
    EXPECT_EQ(addresses(), 2);
    EXPECT_EQ(log(), only(count_addresses, "('jack@google.com', 'j25@yahoo.com')"));
}

TEST_F(Seed004Delete, S4_080_close_rolls_back_and_detaches) {
    jacks();
    log();
    session.close();
    EXPECT_EQ(log(), Lines{"ROLLBACK"});
    EXPECT_EQ(object_state(jack), ObjectState::detached);
    Session other{engine};
    EXPECT_EQ(other.query<plain::User>().filter_by("name"_a = "jack").count(), 1);
}

/// Jack through the classes of section 13.
class Seed004Cascade : public Seed004Jack {
  protected:
    Seed004Cascade() { cascading::Base::metadata(); }

    std::int64_t jacks() { return session.query<cascading::User>().filter_by("name"_a = "jack").count(); }
    std::int64_t addresses() {
        return session.query<cascading::Address>()
            .filter(col<&cascading::Address::email_address>.in_({"jack@google.com", "j25@yahoo.com"}))
            .count();
    }
    /// Jack, whose second address was taken away and its row deleted.
    Ptr<cascading::User> jack_with_one_address() {
        auto jack = session.get<cascading::User>(5);
        jack->addresses.erase(1);
        session.flush();
        log();
        return jack;
    }
};

TEST_F(Seed004Cascade, S4_081_other_classes_may_be_mapped_to_the_same_tables) {
    const auto plain_jack = session.query<plain::User>().get(5);
    const auto jack = session.query<cascading::User>().get(5);
    EXPECT_EQ(plain_jack->name->value(), jack->name->value());
    EXPECT_EQ(plain::Base::metadata().tables().size(), cascading::Base::metadata().tables().size());
}

TEST_F(Seed004Cascade, S4_082_delete_beside_all_says_nothing_new) {
    const auto jack = session.get<cascading::User>(5);
    session.delete_(jack);
    EXPECT_TRUE(session.deleted().contains(jack->addresses[0]));
}

TEST_F(Seed004Cascade, S4_083_get_by_primary_key) {
    EXPECT_TRUE(session.query<cascading::User>().get(5));
    EXPECT_EQ(log(), begin_and(select_users + " WHERE users.id = ?", "(5,)"));
}

TEST_F(Seed004Cascade, S4_084_erasing_an_address_loads_the_collection) {
    const auto jack = session.get<cascading::User>(5);
    log();
    jack->addresses.erase(1);
    EXPECT_EQ(log(), only(select_addresses + " WHERE ? = addresses.user_id", "(5,)"));
    EXPECT_EQ(jack->addresses.size(), 1u);
}

TEST_F(Seed004Cascade, S4_085_the_orphan_is_deleted) {
    const auto jack = session.get<cascading::User>(5);
    jack->addresses.erase(1);
    log();
    EXPECT_EQ(addresses(), 1);
    EXPECT_EQ(log(), (Lines{delete_address, "    (2,)", count_addresses, "    ('jack@google.com', 'j25@yahoo.com')"}));
}

TEST_F(Seed004Cascade, S4_086_deleting_the_user_deletes_the_rest) {
    const auto jack = jack_with_one_address();
    session.delete_(jack);
    EXPECT_EQ(jacks(), 0);
    EXPECT_EQ(log(), (Lines{delete_address, "    (1,)", delete_user, "    (5,)", count_jacks, "    ('jack',)"}));
}

TEST_F(Seed004Cascade, S4_087_no_address_is_left) {
    session.delete_(jack_with_one_address());
    EXPECT_EQ(addresses(), 0);
    auto lines = log();
    ASSERT_EQ(lines.size(), 6u);
    EXPECT_EQ(lines[4], count_addresses);
}

}  // namespace
}  // namespace tutorial
