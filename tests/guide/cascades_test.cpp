// Samples of docs/guide/cascades.md.
#include "contacts_models.hpp"
#include "guide.hpp"

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_cascades {

TEST(GuideCascades, without_delete_cascade) {
    using contacts::Address;
    using contacts::User;
    Guide guide{"cascades"};
    const auto create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    contacts::Base::metadata().create_all(engine);
    Session session{engine};
    contacts::add_users(session);

    guide.begin("nulling");
    auto jack = session.query<User>().filter_by("name"_a = "jack").one();
    session.delete_(jack);
    std::cout << session.query<User>().filter_by("name"_a = "jack").count() << " users, "
              << session.query<Address>().count() << " addresses\n";
    guide.end();
    EXPECT_EQ(guide.output(), "0 users, 2 addresses\n");

    guide.begin("save-update");
    auto mary = make(User{.name = "mary", .addresses = {Address{.email = "mary@example.com"}}});
    session.add(mary);                                              // and her address
    mary->addresses.append(Address{.email = "mary@work.example"});  // and this one
    std::cout << session.new_().size() << " new objects\n";
    guide.end();
    EXPECT_EQ(guide.output(), "3 new objects\n");

    guide.begin("no-backref-cascade");
    auto stray = make(Address{.email = "stray@example.com"});
    stray->user = mary;  // does not add the address to mary's session
    std::cout << std::boolalpha << session.contains(stray) << '\n';
    session.add(stray);
    guide.end();
    EXPECT_EQ(guide.output(), "false\n");
}

// begin: models
struct Address;

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string> name;

    Many<Address, back_populates("user"), cascade("all, delete-orphan")> addresses;
};

struct Address {
    static constexpr auto table_name = "addresses";

    Mapped<int, primary_key> id;
    Mapped<std::string> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;

    One<User> user;
};
// end
using Base = Registry<User, Address>;

TEST(GuideCascades, delete_orphan) {
    Guide guide{"cascades"};
    const auto create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    Base::metadata().create_all(engine);
    Session session{engine};
    session.add(
        User{.name = "jack", .addresses = {Address{.email = "jack@google.com"}, Address{.email = "j25@yahoo.com"}}});
    session.commit();

    guide.begin("orphan");
    auto jack = session.get<User>(1);
    jack->addresses.erase(1);  // loads the addresses; the second one is nobody's now
    std::cout << session.query<Address>().count() << " address\n";
    guide.end();
    EXPECT_EQ(guide.output(), "1 address\n");

    guide.begin("delete");
    session.delete_(jack);
    std::cout << session.query<User>().count() << " users, " << session.query<Address>().count() << " addresses\n";
    session.commit();
    guide.end();
    EXPECT_EQ(guide.output(), "0 users, 0 addresses\n");
}

// begin: passive
struct Entry;

struct Journal {
    static constexpr auto table_name = "journals";
    Mapped<int, primary_key> id;
    Many<Entry, back_populates("journal"), cascade("all, delete-orphan"), passive_deletes> entries;
};

struct Entry {
    static constexpr auto table_name = "entries";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("journals.id", ondelete("CASCADE"))> journal_id;
    One<Journal> journal;
};
// end
using Journals = Registry<Journal, Entry>;

TEST(GuideCascades, passive_deletes) {
    Guide guide{"cascades"};
    const auto create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    Journals::metadata().create_all(engine);
    Session session{engine};
    session.add(Journal{.entries = {Entry{}, Entry{}}});
    session.commit();
    session.close();

    guide.begin("passive-delete");
    session.delete_(session.get<Journal>(1));
    session.commit();  // the database deletes the entries
    std::cout << session.query<Entry>().count() << " entries\n";
    guide.end();
    EXPECT_EQ(guide.output(), "0 entries\n");
}

// begin: cycle
struct Player;

struct Team {
    static constexpr auto table_name = "teams";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<std::optional<int>, ForeignKey("players.id", use_alter)> captain_id;

    One<Player, foreign_keys("captain_id"), post_update> captain;
    Many<Player, foreign_keys("team_id"), back_populates("team")> players;
};

struct Player {
    static constexpr auto table_name = "players";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<std::optional<int>, ForeignKey("teams.id")> team_id;

    One<Team> team;
};
// end
using League = Registry<Team, Player>;

TEST(GuideCascades, post_update) {
    Guide guide{"cascades"};
    const auto create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    League::metadata().create_all(engine);
    Session session{engine};
    guide.begin("cycle-use");
    auto eleven = make(Team{.name = "eleven", .players = {Player{.name = "ann"}, Player{.name = "bob"}}});
    eleven->captain = eleven->players[0];
    session.add(eleven);
    session.commit();
    guide.end();
    EXPECT_EQ(*eleven->captain->name, "ann");
}

}  // namespace guide_cascades
