// Samples of docs/guide/many-to-many.md.
#include "guide.hpp"

#include <aludel/aludel.hpp>

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_many_to_many {

// begin: models
struct Post;
struct Keyword;

struct User {
    static constexpr auto table_name = "users";

    Mapped<int, primary_key> id;
    Mapped<std::string> name;

    Dynamic<Post, back_populates("author")> posts;
};

struct Post {
    static constexpr auto table_name = "posts";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;
    Mapped<std::string, String(255)> headline;
    Mapped<std::optional<std::string>, Text> body;

    One<User> author;
    Many<Keyword, secondary("post_keywords"), back_populates("posts")> keywords;
};

struct Keyword {
    static constexpr auto table_name = "keywords";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(50), unique> keyword;

    Many<Post> posts;  // by the other side: the same table
};

using Base = Registry<User, Post, Keyword>;

const Table post_keywords{"post_keywords", Base::metadata(), Column{"post_id", ForeignKey("posts.id"), primary_key},
                          Column{"keyword_id", ForeignKey("keywords.id"), primary_key}};
// end

TEST(GuideManyToMany, posts_and_keywords) {
    Guide guide{"many_to_many"};
    const auto create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    Base::metadata().create_all(engine);
    Session session{engine};
    session.add_all(User{.name = "ed"}, User{.name = "wendy"});
    session.commit();

    guide.begin("append");
    auto wendy = session.query<User>().filter_by("name"_a = "wendy").one();
    auto post = session.add(Post{.headline = "Wendy's Blog Post", .body = "This is a test", .author = wendy});
    post->keywords.append(Keyword{.keyword = "wendy"});
    post->keywords.append(Keyword{.keyword = "firstpost"});
    session.flush();
    guide.end();
    EXPECT_EQ(session.query<Keyword>().count(), 2);

    guide.begin("any");
    auto found = session.query<Post>().filter(rel<&Post::keywords>.any("keyword"_a = "firstpost")).all();
    guide.end();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front(), post);

    guide.begin("author-and-any");
    session.query<Post>()
        .filter(rel<&Post::author> == wendy)
        .filter(rel<&Post::keywords>.any("keyword"_a = "firstpost"))
        .all();
    guide.end();

    guide.begin("dynamic");
    wendy->posts.filter(rel<&Post::keywords>.any("keyword"_a = "firstpost")).all();
    std::cout << wendy->posts.count() << " post\n";
    wendy->posts.append(Post{.headline = "Another one"});
    guide.end();
    EXPECT_EQ(guide.output(), "1 post\n");

    guide.begin("contains");
    auto keyword = session.query<Keyword>().filter_by("keyword"_a = "wendy").one();
    auto posts = session.query<Post>().filter(rel<&Post::keywords>.contains(keyword)).all();
    guide.end();
    EXPECT_EQ(posts.size(), 1u);

    guide.begin("join");
    for (auto& [word, number] : session.query(col<&Keyword::keyword>, func::count(col<&Post::id>))
                                    .join(rel<&Keyword::posts>)
                                    .group_by(col<&Keyword::keyword>)
                                    .order_by(col<&Keyword::keyword>))
        std::cout << word << ' ' << number << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "firstpost 1\nwendy 1\n");

    guide.begin("remove");
    post->keywords.remove(keyword);
    session.commit();
    guide.end();
    EXPECT_EQ(post->keywords.size(), 1u);

    guide.begin("eager");
    session.query<Post>().options(selectinload(rel<&Post::keywords>)).all();
    guide.end();

    guide.begin("delete");
    session.delete_(post);
    session.commit();
    guide.end();
    EXPECT_EQ(session.query<Keyword>().count(), 2);
}

// begin: staff
struct Staff {
    static constexpr auto table_name = "staff";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(30), unique> name;

    Many<Staff, secondary("staff_up"), back_populates("reports"), primaryjoin("staff.id == staff_up.down_id"),
         secondaryjoin("staff.id == staff_up.up_id")>
        managers;
    Many<Staff, secondary("staff_up")> reports;  // the same joins, swapped
};

using Company = Registry<Staff>;

const Table staff_up{"staff_up", Company::metadata(), Column{"up_id", ForeignKey("staff.id"), primary_key},
                     Column{"down_id", ForeignKey("staff.id"), primary_key}};
// end

TEST(GuideManyToMany, self_referential) {
    Guide guide{"many_to_many"};
    const auto create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    Company::metadata().create_all(engine);
    Session session{engine};

    guide.begin("staff-use");
    auto ann = make(Staff{.name = "ann"}), bob = make(Staff{.name = "bob"}), eve = make(Staff{.name = "eve"});
    eve->managers = {ann, bob};
    session.add(eve);
    session.commit();
    std::cout << ann->reports.size() << ' ' << *ann->reports[0]->name << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "1 eve\n");
}

// begin: association-object
struct Membership;

struct Person {
    static constexpr auto table_name = "people";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Many<Membership, back_populates("person"), cascade("all, delete-orphan")> memberships;
};

struct Group {
    static constexpr auto table_name = "groups";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Many<Membership, back_populates("group"), cascade("all, delete-orphan")> memberships;
};

struct Membership {
    static constexpr auto table_name = "memberships";
    Mapped<int, primary_key, ForeignKey("people.id")> person_id;
    Mapped<int, primary_key, ForeignKey("groups.id")> group_id;
    Mapped<std::string> role = "member";

    One<Person> person;
    One<Group> group;
};
// end
using Clubs = Registry<Person, Group, Membership>;

TEST(GuideManyToMany, association_object) {
    Guide guide{"many_to_many"};
    const auto create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
    Clubs::metadata().create_all(engine);
    Session session{engine};

    guide.begin("association-object-use");
    auto chess = session.add(Group{.name = "chess"});
    auto ann = session.add(Person{.name = "ann"});
    ann->memberships.append(Membership{.role = "chair", .group = chess});
    session.commit();

    for (auto& membership : chess->memberships)
        std::cout << *membership->person->name << ", " << *membership->role << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "ann, chair\n");
}

}  // namespace guide_many_to_many
