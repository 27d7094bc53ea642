// Samples of docs/guide/joins.md.
#include "contacts_models.hpp"
#include "guide.hpp"

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_joins {

using contacts::Address;
using contacts::User;

class GuideJoins : public testing::Test {
  protected:
    GuideJoins() {
        contacts::Base::metadata().create_all(engine);
        contacts::add_users(session);
    }

    Guide guide{"joins"};
    Guide::EngineMaker create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    Session session{engine};
};

TEST_F(GuideJoins, joins) {
    guide.begin("implicit");
    for (auto& [user, address] : session.query<User, Address>()
                                     .filter(col<&User::id> == col<&Address::user_id>)
                                     .filter(col<&Address::email> == "jack@google.com"))
        std::cout << user << ' ' << address << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "<User jack> <Address jack@google.com>\n");

    guide.begin("join");
    auto jack = session.query<User>().join<Address>().filter(col<&Address::email> == "jack@google.com").one();
    guide.end();
    EXPECT_EQ(*jack->name, "jack");

    guide.begin("forms");
    auto users = session.query<User>();
    users.join<Address>(col<&User::id> == col<&Address::user_id>).all();  // an explicit condition
    users.join(rel<&User::addresses>).all();                              // along a relationship
    users.join<Address>(rel<&User::addresses>).all();                     // the same, with the class to be sure
    users.join("addresses").all();                                        // the same, by name: checked when it runs
    guide.end();
    EXPECT_EQ(guide.statements().size(), 4u);

    guide.begin("outer");
    for (auto& [name, email] : session.query(col<&User::name>, optional(col<&Address::email>))
                                   .outerjoin(rel<&User::addresses>)
                                   .order_by(col<&User::id>, col<&Address::id>))
        std::cout << name << ": " << email.value_or("none") << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "ed: none\nwendy: none\njack: jack@google.com\njack: j25@yahoo.com\n");

    guide.begin("select-from");
    auto emails = session.query(col<&Address::email>).select_from(entity<User>).join(rel<&User::addresses>).all();
    guide.end();
    EXPECT_EQ(emails.size(), 2u);

    guide.begin("criteria");
    auto googlers = session.query<User>().join(rel<&User::addresses>.and_(col<&Address::email>.endswith("google.com")));
    std::cout << googlers.count() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "1\n");
}

TEST_F(GuideJoins, aliases) {
    guide.begin("alias");
    auto first = aliased<Address>();
    auto second = aliased<Address>();
    for (auto& [name, email1, email2] : session.query(col<&User::name>, first[&Address::email], second[&Address::email])
                                            .join(first, rel<&User::addresses>)
                                            .join(second, rel<&User::addresses>)
                                            .filter(first[&Address::email] == "jack@google.com")
                                            .filter(second[&Address::email] == "j25@yahoo.com"))
        std::cout << name << ' ' << email1 << ' ' << email2 << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "jack jack@google.com j25@yahoo.com\n");
}

TEST_F(GuideJoins, subqueries) {
    guide.begin("subquery");
    auto address_count = func::count("*").label("address_count");
    auto counts = session.query(col<&Address::user_id>, address_count).group_by(col<&Address::user_id>).subquery();

    for (auto& [user, count] : session.query(entity<User>, counts.c(address_count))
                                   .outerjoin(counts, col<&User::id> == counts.c(col<&Address::user_id>))
                                   .order_by(col<&User::id>))
        std::cout << user << ' ' << count.value_or(0) << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "<User ed> 0\n<User wendy> 0\n<User jack> 2\n");

    guide.begin("entity");
    auto others = session.query<Address>().filter(col<&Address::email> != "j25@yahoo.com").subquery();
    auto other = aliased<Address>(others);
    for (auto& [user, address] : session.query(entity<User>, other).join(other, rel<&User::addresses>))
        std::cout << user << ' ' << address << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "<User jack> <Address jack@google.com>\n");

    guide.begin("scalar");
    auto newest = session.query(func::max(col<&Address::id>)).scalar_subquery();
    std::cout << *session.query(col<&Address::email>).filter(col<&Address::id> == newest).scalar() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "j25@yahoo.com\n");
}

}  // namespace guide_joins
