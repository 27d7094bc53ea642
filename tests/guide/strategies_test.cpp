// Samples of docs/guide/loading-strategies.md.
#include "contacts_models.hpp"
#include "guide.hpp"

#include <aludel/orm/expect_statements.hpp>

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_strategies {

using contacts::Address;
using contacts::User;

class GuideStrategies : public testing::Test {
  protected:
    GuideStrategies() {
        contacts::Base::metadata().create_all(engine);
        Session session{engine};
        contacts::add_users(session);
    }

    Guide guide{"strategies"};
    Guide::EngineMaker create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
};

TEST_F(GuideStrategies, n_plus_one) {
    {
        guide.begin("n-plus-one");
        Session session{engine};
        for (auto& user : session.query<User>()) std::cout << user << ' ' << user->addresses.size() << '\n';
        std::cout << session.statement_count() << " statements\n";
        guide.end();
        EXPECT_THAT(guide.output(), testing::EndsWith("4 statements\n"));
    }
    {
        guide.begin("detect");
        Session session{engine, {.n_plus_one = NPlusOne::raise}};
        try {
            for (auto& user : session.query<User>()) std::cout << user << ' ' << user->addresses.size() << '\n';
        } catch (const InvalidRequestError& error) {
            std::cout << error.message() << '\n';
        }
        guide.end();
        EXPECT_THAT(guide.output(), testing::HasSubstr("User.addresses"));
    }
    {
        guide.begin("cure");
        Session session{engine, {.n_plus_one = NPlusOne::raise}};
        for (auto& user : session.query<User>().options(selectinload(rel<&User::addresses>)))
            std::cout << user << ' ' << user->addresses.size() << '\n';
        guide.end();
        EXPECT_EQ(guide.output(), "<User ed> 0\n<User wendy> 0\n<User jack> 2\n");
    }
    {
        guide.begin("batch");
        Session session{engine};
        for (auto& user : session.query<User>().options(batchload(rel<&User::addresses>)))
            std::cout << user << ' ' << user->addresses.size() << '\n';  // the first one loads them for all
        guide.end();
        EXPECT_EQ(guide.output(), "<User ed> 0\n<User wendy> 0\n<User jack> 2\n");
    }
    {
        Session session{engine};
        guide.begin("expect");
        auto total = expect_statements(session, 2, [&] {
            std::size_t addresses = 0;
            for (auto& user : session.query<User>().options(selectinload(rel<&User::addresses>)))
                addresses += user->addresses.size();
            return addresses;
        });
        guide.end();
        EXPECT_EQ(total, 2u);
    }
    {
        guide.begin("raise-all");
        Session session{engine};
        auto users = session.query<User>()
                         .options(selectinload(rel<&User::addresses>), raiseload("*"))
                         .order_by(col<&User::id>)
                         .all();
        std::cout << users[2]->addresses.size() << '\n';  // named: loaded; what is not named would throw
        guide.end();
        EXPECT_EQ(guide.output(), "2\n");
    }
    {
        guide.begin("many-to-one");
        Session session{engine};
        auto jack = session.get<User>(3);
        for (auto& address : session.query<Address>()) std::cout << address << ' ' << address->user << '\n';
        guide.end();
        EXPECT_EQ(guide.statements().size(), 3u) << "the user is in memory";
    }
}

}  // namespace guide_strategies
