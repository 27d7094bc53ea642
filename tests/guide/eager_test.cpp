// Samples of docs/guide/eager-loading.md.
#include "contacts_models.hpp"
#include "guide.hpp"

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_eager {

using contacts::Address;
using contacts::User;

class GuideEager : public testing::Test {
  protected:
    GuideEager() {
        contacts::Base::metadata().create_all(engine);
        contacts::add_users(session);
    }

    Guide guide{"eager"};
    Guide::EngineMaker create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    Session session{engine};
};

TEST_F(GuideEager, strategies) {
    guide.begin("selectin");
    for (auto& user : session.query<User>().options(selectinload(rel<&User::addresses>)).order_by(col<&User::id>))
        std::cout << user << ' ' << user->addresses.size() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "<User ed> 0\n<User wendy> 0\n<User jack> 2\n");
    EXPECT_EQ(guide.statements().size(), 3u);  // with BEGIN
    session.expunge_all();

    guide.begin("subquery");
    auto jack = session.query<User>().options(subqueryload(rel<&User::addresses>)).filter_by("name"_a = "jack").one();
    std::cout << jack->addresses.size() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "2\n");
    session.expunge_all();

    guide.begin("table");
    std::size_t sum = 0;
    for (auto& user : session.query<User>().options(tableload(rel<&User::addresses>))) sum += user->addresses.size();
    guide.end();
    EXPECT_EQ(sum, 2u);
    EXPECT_EQ(guide.statements().size(), 2u);
    session.expunge_all();

    guide.begin("joined");
    jack = session.query<User>().options(joinedload(rel<&User::addresses>)).filter_by("name"_a = "jack").one();
    std::cout << jack->addresses.size() << '\n';
    guide.end();
    EXPECT_EQ(guide.statements().size(), 1u);
    session.expunge_all();

    guide.begin("joined-limit");
    auto newest =
        session.query<User>().options(joinedload(rel<&User::addresses>)).order_by(col<&User::id>.desc()).limit(1).one();
    std::cout << newest << ' ' << newest->addresses.size() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "<User jack> 2\n");
    session.expunge_all();

    guide.begin("contains-eager");
    auto addresses = session.query<Address>()
                         .join(rel<&Address::user>)
                         .filter(col<&User::name> == "jack")
                         .options(contains_eager(rel<&Address::user>))
                         .all();
    std::cout << addresses[0]->user << '\n';  // no SQL
    guide.end();
    EXPECT_EQ(guide.output(), "<User jack>\n");
    EXPECT_EQ(guide.statements().size(), 1u);
    session.expunge_all();

    guide.begin("path");
    auto address = session.query<Address>()
                       .options(joinedload(rel<&Address::user>).selectinload(rel<&User::addresses>))
                       .filter(col<&Address::id> == 1)
                       .one();
    std::cout << address->user->addresses.size() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "2\n");
    session.expunge_all();

    guide.begin("raise");
    auto ed = session.query<User>().options(raiseload(rel<&User::addresses>)).filter_by("name"_a = "ed").one();
    try {
        std::cout << ed->addresses.size() << '\n';
    } catch (const InvalidRequestError& error) {
        std::cout << error.message() << '\n';
    }
    guide.end();
    EXPECT_THAT(guide.output(), testing::HasSubstr("'User.addresses' is not available"));
    session.expunge_all();

    guide.begin("columns");
    auto user = session.query<User>().options(load_only(col<&User::name>)).filter_by("name"_a = "wendy").one();
    std::cout << *user->name << ", " << user->fullname->value() << '\n';  // the fullname is loaded here
    guide.end();
    EXPECT_EQ(guide.output(), "wendy, Wendy Williams\n");
}

// begin: in-the-model
struct Line;

struct Order {
    static constexpr auto table_name = "orders";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, Text, deferred> remarks;
    Many<Line, back_populates("order"), lazy("selectin")> lines;
};

struct Line {
    static constexpr auto table_name = "lines";
    Mapped<int, primary_key> id;
    Mapped<std::string> article;
    Mapped<int, ForeignKey("orders.id")> order_id;
    One<Order, lazy("joined"), innerjoin> order;
};
// end
using Shop = Registry<Order, Line>;

TEST_F(GuideEager, in_the_model) {
    Shop::metadata().create_all(engine);
    session.add(Order{.remarks = "long", .lines = {Line{.article = "pen"}, Line{.article = "ink"}}});
    session.commit();
    session.close();

    guide.begin("in-the-model-use");
    for (auto& order : session.query<Order>()) std::cout << order->lines.size() << " lines\n";
    session.expunge_all();
    for (auto& line : session.query<Line>()) std::cout << *line->article << ' ' << *line->order->id << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "2 lines\npen 1\nink 1\n");
}

}  // namespace guide_eager
