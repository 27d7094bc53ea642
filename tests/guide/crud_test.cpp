// Samples of docs/guide/crud.md.
#include "guide.hpp"

#include <aludel/aludel.hpp>

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_crud {

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<std::optional<std::string>> fullname;
    Mapped<std::optional<std::string>> nickname;

    friend std::ostream& operator<<(std::ostream& out, const User& user) { return out << "<User " << user.name << '>'; }
};
using Base = Registry<User>;

TEST(GuideCrud, samples_do_what_the_chapter_says) {
    Guide guide{"crud"};
    const auto create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://", {.echo = true});
    Base::metadata().create_all(engine);

    guide.begin("session");
    Session session{engine};
    guide.end();
    EXPECT_THAT(guide.statements(), testing::IsEmpty());

    guide.begin("add");
    auto ed = session.add(User{.name = "ed", .fullname = "Ed Jones", .nickname = "edsnickname"});
    guide.end();
    EXPECT_THAT(guide.statements(), testing::IsEmpty());

    guide.begin("autoflush");
    auto our_user = session.query<User>().filter_by("name"_a = "ed").first();
    std::cout << our_user << ", the same object: " << std::boolalpha << (our_user == ed) << ", id " << *ed->id << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "<User ed>, the same object: true, id 1\n");

    guide.begin("add-all");
    session.add_all(User{.name = "wendy", .fullname = "Wendy Williams", .nickname = "windy"},
                    User{.name = "mary", .fullname = "Mary Contrary", .nickname = "mary"},
                    User{.name = "fred", .fullname = "Fred Flintstone", .nickname = "freddy"});
    ed->nickname = "eddie";
    std::cout << session.new_().size() << " new, " << session.dirty().size() << " changed\n";
    guide.end();
    EXPECT_EQ(guide.output(), "3 new, 1 changed\n");

    guide.begin("commit");
    session.commit();
    guide.end();
    EXPECT_EQ(guide.statements().size(), 5u);

    guide.begin("after-commit");
    std::cout << ed->nickname->value() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "eddie\n");

    guide.begin("get");
    auto mary = session.get<User>(3);
    auto again = session.get<User>(3);    // from memory
    auto nobody = session.get<User>(99);  // a null handle
    std::cout << mary << ' ' << std::boolalpha << (mary == again) << ' ' << nobody << '\n';
    guide.end();
    EXPECT_EQ(guide.statements().size(), 2u);

    guide.begin("update");
    mary->fullname = "Mary Gregg";
    mary->nickname = "mary";  // the same value as before
    session.flush();
    guide.end();
    EXPECT_THAT(guide.statements(), testing::ElementsAre("UPDATE users SET fullname=? WHERE users.id = ?"));

    guide.begin("expression");
    mary->nickname = col<&User::nickname> + "!";
    session.commit();
    guide.end();
    EXPECT_EQ(mary->nickname->value(), "mary!");

    guide.begin("delete");
    session.delete_(mary);
    session.commit();
    guide.end();
    EXPECT_EQ(session.query<User>().count(), 3);

    guide.begin("rollback");
    ed->name = "Edwardo";
    auto fake = session.add(User{.name = "fakeuser"});
    auto found = session.query<User>().filter(col<&User::name>.in_({"Edwardo", "fakeuser"})).count();
    session.rollback();
    std::cout << found << " before, ed is " << *ed->name << ", the fake is in the session: " << std::boolalpha
              << session.contains(fake) << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "2 before, ed is ed, the fake is in the session: false\n");

    guide.begin("criteria");
    auto renamed = session.query<User>().filter(col<&User::id> > 1).update(col<&User::nickname> = "someone");
    auto deleted = session.query<User>().filter(col<&User::name> == "fred").delete_();
    std::cout << renamed << " renamed, " << deleted << " deleted\n";
    session.commit();
    guide.end();
    EXPECT_EQ(guide.output(), "2 renamed, 1 deleted\n");

    guide.begin("error");
    session.add(User{.id = 1, .name = "impostor"});
    try {
        session.commit();
    } catch (const IntegrityError& error) {
        session.rollback();
        std::cout << error.message() << '\n';
    }
    guide.end();
    EXPECT_THAT(guide.output(), testing::HasSubstr("UNIQUE constraint failed"));
}

}  // namespace guide_crud
