// Samples of docs/guide/querying.md.
#include "guide.hpp"

#include <aludel/aludel.hpp>

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_querying {

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<std::optional<std::string>> fullname;
    Mapped<std::optional<std::string>> nickname;

    friend std::ostream& operator<<(std::ostream& out, const User& user) { return out << "<User " << user.name << '>'; }
};
using Base = Registry<User>;

// begin: row
struct Initial {
    std::string letter;
    std::int64_t users;
};
// end

class GuideQuerying : public testing::Test {
  protected:
    GuideQuerying() {
        Base::metadata().create_all(engine);
        session.add_all(User{.name = "ed", .fullname = "Ed Jones", .nickname = "eddie"},
                        User{.name = "wendy", .fullname = "Wendy Williams", .nickname = "windy"},
                        User{.name = "mary", .fullname = "Mary Contrary"},
                        User{.name = "fred", .fullname = "Fred Flintstone", .nickname = "freddy"});
        session.commit();
    }

    Guide guide{"querying"};
    Guide::EngineMaker create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    Session session{engine};
};

TEST_F(GuideQuerying, rows) {
    guide.begin("entities");
    for (auto& user : session.query<User>().order_by(col<&User::id>))
        std::cout << user << ' ' << user->fullname->value() << '\n';
    guide.end();
    EXPECT_THAT(guide.output(), testing::StartsWith("<User ed> Ed Jones\n"));

    guide.begin("columns");
    for (auto& [name, fullname] : session.query(col<&User::name>, col<&User::fullname>))
        std::cout << name << ", " << fullname.value_or("?") << '\n';
    guide.end();

    guide.begin("mixed");
    for (auto& [user, length] : session.query(entity<User>, func::length(col<&User::name>).label("length")))
        std::cout << user << ' ' << length << '\n';
    guide.end();
    EXPECT_THAT(guide.output(), testing::StartsWith("<User ed> 2\n"));

    guide.begin("alias");
    auto someone = aliased<User>("someone");
    auto named = session.query(someone).filter(someone[&User::name] == "wendy").one();
    guide.end();
    EXPECT_EQ(*named->name, "wendy");

    guide.begin("slice");
    auto page = session.query<User>().order_by(col<&User::id>).limit(2).offset(1).all();
    guide.end();
    EXPECT_EQ(page.size(), 2u);
}

TEST_F(GuideQuerying, filters) {
    guide.begin("filter-by");
    session.query<User>().filter_by("fullname"_a = "Ed Jones").one();
    guide.end();

    guide.begin("filter");
    session.query<User>().filter(col<&User::fullname> == "Ed Jones").one();
    guide.end();

    guide.begin("chain");
    session.query<User>().filter(col<&User::name> == "ed").filter(col<&User::fullname> == "Ed Jones").one();
    guide.end();

    guide.begin("operators");
    auto users = session.query<User>();
    users.filter(col<&User::name> == "ed").all();
    users.filter(col<&User::name> != "ed").all();
    users.filter(col<&User::name>.like("%ed")).all();
    users.filter(col<&User::name>.ilike("%ED")).all();
    users.filter(col<&User::name>.in_({"ed", "wendy", "jack"})).all();
    users.filter(!col<&User::name>.in_({"ed", "wendy", "jack"})).all();
    users.filter(col<&User::nickname> == nullptr).all();
    users.filter(col<&User::nickname> != nullptr).all();
    users.filter(col<&User::id>.between(2, 3)).all();
    guide.end();

    guide.begin("and-or");
    users.filter(col<&User::name> == "ed", col<&User::fullname> == "Ed Jones").all();
    users.filter(col<&User::name> == "ed" && col<&User::fullname> == "Ed Jones").all();
    users.filter(and_(col<&User::name> == "ed", col<&User::fullname> == "Ed Jones")).all();
    users.filter(col<&User::name> == "ed" || col<&User::name> == "wendy").all();
    users.filter(or_(col<&User::name> == "ed", not_(col<&User::id> > 2))).all();
    guide.end();
    EXPECT_EQ(guide.statements().size(), 5u);

    guide.begin("step-by-step");
    std::optional<std::string> wanted = "ed";  // from a form, say
    bool newest_first = true;

    auto query = session.query<User>();
    if (wanted) query = query.filter(col<&User::name>.startswith(*wanted, autoescape));
    if (newest_first) query = query.order_by(col<&User::id>.desc());
    std::cout << query.count() << '\n' << query << '\n';
    guide.end();
    EXPECT_THAT(guide.output(), testing::StartsWith("1\nSELECT "));
}

TEST_F(GuideQuerying, results) {
    guide.begin("results");
    auto query = session.query<User>().filter(col<&User::name>.like("%ed")).order_by(col<&User::id>);
    std::vector<Ptr<User>> all = query.all();
    Ptr<User> first = query.first();                                                    // null if there is none
    Ptr<User> ed = session.query<User>().filter_by("name"_a = "ed").one();              // exactly one
    Ptr<User> jack = session.query<User>().filter_by("name"_a = "jack").one_or_none();  // null if there is none
    auto id = session.query(col<&User::id>).filter(col<&User::name> == "ed").scalar();  // std::optional<int>
    bool exists = *session.query(session.query<User>().filter_by("name"_a = "ed").exists()).scalar();
    guide.end();
    EXPECT_EQ(all.size(), 2u);
    EXPECT_EQ(first, ed);
    EXPECT_EQ(jack, nullptr);
    EXPECT_EQ(id, 1);
    EXPECT_TRUE(exists);

    guide.begin("one");
    try {
        session.query<User>().filter_by("name"_a = "jack").one();
    } catch (const NoResultFound& error) {
        std::cout << error.message() << '\n';
    }
    guide.end();
    EXPECT_THAT(guide.output(), testing::HasSubstr("No row was found"));

    guide.begin("count");
    std::cout << session.query<User>().filter(col<&User::name>.like("%ed")).count() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "2\n");

    guide.begin("group-by");
    auto letter = func::call<std::string>("substr", col<&User::name>, 1, 1).label("letter");
    auto number = func::count(col<&User::id>).label("users");
    for (auto& [initial, count] :
         session.query(letter, number).group_by("letter").having(number > 0).order_by("letter"))
        std::cout << initial << ' ' << count << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "e 1\nf 1\nm 1\nw 1\n");

    guide.begin("aggregate");
    auto initials = session.query(letter, number).group_by("letter").order_by("letter").all<Initial>();
    std::cout << initials.front().letter << ' ' << initials.front().users << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "e 1\n");

    guide.begin("stream");
    std::size_t letters = 0;
    for (auto& user : session.query<User>().stream()) letters += user->name->size();
    std::cout << letters << " letters\n";
    guide.end();
    EXPECT_EQ(guide.output(), "15 letters\n");

    guide.begin("text");
    auto rows = session.execute(text("SELECT name FROM users WHERE id < :limit ORDER BY id"), "limit"_a = 3);
    for (auto& row : rows.all()) std::cout << row.get<std::string>("name") << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "ed\nwendy\n");
}

}  // namespace guide_querying
