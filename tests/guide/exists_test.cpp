// Samples of docs/guide/exists.md.
#include "contacts_models.hpp"
#include "guide.hpp"

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_exists {

using contacts::Address;
using contacts::User;

class GuideExists : public testing::Test {
  protected:
    GuideExists() {
        contacts::Base::metadata().create_all(engine);
        contacts::add_users(session);
    }

    Guide guide{"exists"};
    Guide::EngineMaker create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    Session session{engine};
};

TEST_F(GuideExists, exists) {
    guide.begin("exists");
    auto has_address = exists().where(col<&Address::user_id> == col<&User::id>);
    for (auto& name : session.query(col<&User::name>).filter(has_address)) std::cout << name << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "jack\n");

    guide.begin("any");
    for (auto& name : session.query(col<&User::name>).filter(rel<&User::addresses>.any())) std::cout << name << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "jack\n");

    guide.begin("any-criteria");
    auto names = session.query(col<&User::name>);
    names.filter(rel<&User::addresses>.any(col<&Address::email>.like("%google%"))).all();
    names.filter(rel<&User::addresses>.any("email"_a = "j25@yahoo.com")).all();
    guide.end();
    EXPECT_EQ(guide.statements().size(), 2u);

    guide.begin("has");
    auto strangers = session.query<Address>().filter(!rel<&Address::user>.has(col<&User::name> == "jack")).all();
    std::cout << strangers.size() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "0\n");
}

TEST_F(GuideExists, operators) {
    guide.begin("compare");
    auto jack = session.query<User>().filter_by("name"_a = "jack").one();
    auto addresses = session.query<Address>();
    addresses.filter(rel<&Address::user> == jack).all();
    addresses.filter(rel<&Address::user> != jack).all();
    addresses.filter(rel<&Address::user> == nullptr).all();
    guide.end();
    EXPECT_EQ(guide.statements().size(), 5u);

    auto address = session.get<Address>(1);
    guide.begin("contains");
    auto owner = session.query<User>().filter(rel<&User::addresses>.contains(address)).one();
    guide.end();
    EXPECT_EQ(owner, jack);

    guide.begin("with-parent");
    auto of_jack = session.query<Address>().with_parent(jack, rel<&User::addresses>).all();
    guide.end();
    EXPECT_EQ(of_jack.size(), 2u);
}

}  // namespace guide_exists
