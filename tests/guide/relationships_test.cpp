// Samples of docs/guide/relationships.md.
#include "contacts_models.hpp"
#include "guide.hpp"

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_relationships {

using contacts::Address;
using contacts::User;

class GuideRelationships : public testing::Test {
  protected:
    Guide guide{"relationships"};
    Guide::EngineMaker create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
};

TEST_F(GuideRelationships, working_with_related_objects) {
    contacts::Base::metadata().create_all(engine);
    Session session{engine};
    guide.begin("empty");
    auto jack = make(User{.name = "jack", .fullname = "Jack Bean"});
    std::cout << jack->addresses.size() << " addresses\n";
    guide.end();
    EXPECT_EQ(guide.output(), "0 addresses\n");

    guide.begin("assign");
    jack->addresses = {Address{.email = "jack@google.com"}, Address{.email = "j25@yahoo.com"}};
    std::cout << jack->addresses[1] << ' ' << jack->addresses[1]->user << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "<Address j25@yahoo.com> <User jack>\n");

    guide.begin("add");
    session.add(jack);
    session.commit();
    guide.end();
    EXPECT_EQ(guide.statements().size(), 5u);

    guide.begin("lazy");
    jack = session.query<User>().filter_by("name"_a = "jack").one();
    for (auto& address : jack->addresses)  // the SELECT runs here
        std::cout << address << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "<Address jack@google.com>\n<Address j25@yahoo.com>\n");

    guide.begin("lazy-one");
    auto address = session.get<Address>(1);
    std::cout << address->user->fullname->value() << '\n';  // jack is in memory: no SQL
    guide.end();
    EXPECT_EQ(guide.output(), "Jack Bean\n");

    guide.begin("list");
    jack->addresses.append(Address{.email = "jack@home.example"});
    jack->addresses.insert(0, Address{.email = "first@example.com"});
    auto last = jack->addresses.pop();  // of nobody now
    std::cout << jack->addresses.size() << " addresses, the first is " << jack->addresses.front() << '\n';
    session.flush();
    guide.end();
    EXPECT_EQ(guide.output(), "3 addresses, the first is <Address first@example.com>\n");
    EXPECT_EQ(last->user, nullptr);

    guide.begin("move");
    auto ed = session.add(User{.name = "ed"});
    ed->addresses.append(jack->addresses[1]);  // leaves jack's list
    std::cout << jack->addresses.size() << " left\n";
    session.commit();
    guide.end();
    EXPECT_EQ(guide.output(), "2 left\n");

    guide.begin("many-to-one");
    auto work = session.add(Address{.email = "ed@work.example", .user = ed});
    std::cout << ed->addresses.size() << " addresses\n";
    work->user = jack;
    std::cout << ed->addresses.size() << " address\n";
    work->user = nullptr;
    session.commit();
    guide.end();
    EXPECT_EQ(guide.output(), "2 addresses\n1 address\n");
}

// begin: one-to-one
struct Profile;

struct Member {
    static constexpr auto table_name = "members";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    One<Profile, back_populates("member")> profile;  // the foreign key is in the other table
};

struct Profile {
    static constexpr auto table_name = "profiles";
    Mapped<int, primary_key> id;
    Mapped<std::string> motto;
    Mapped<std::optional<int>, ForeignKey("members.id")> member_id;
    One<Member> member;
};

using Club = Registry<Member, Profile>;
// end

TEST_F(GuideRelationships, one_to_one) {
    Club::metadata().create_all(engine);
    Session session{engine};
    guide.begin("one-to-one-use");
    auto member = session.add(Member{.name = "mary", .profile = Profile{.motto = "carpe diem"}});
    session.commit();

    member->profile = Profile{.motto = "festina lente"};  // the old one loses its member
    session.commit();
    guide.end();
    EXPECT_EQ(*member->profile->motto, "festina lente");
}

// begin: tree
struct Node {
    static constexpr auto table_name = "nodes";

    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<std::optional<int>, ForeignKey("nodes.id")> parent_id;

    One<Node, remote_side("id"), back_populates("children")> parent;
    Many<Node, order_by("name")> children;
};
// end
using Trees = Registry<Node>;

TEST_F(GuideRelationships, tree) {
    Trees::metadata().create_all(engine);
    Session session{engine};
    guide.begin("tree-use");
    auto root = make(Node{.name = "root", .children = {Node{.name = "left"}, Node{.name = "right"}}});
    root->children[0]->children.append(Node{.name = "leaf"});
    session.add(root);
    session.commit();  // parents first

    auto leaf = session.query<Node>().filter_by("name"_a = "leaf").one();
    std::cout << *leaf->parent->parent->name << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "root\n");
}

// begin: collections
struct Note;

struct Notebook {
    static constexpr auto table_name = "notebooks";
    Mapped<int, primary_key> id;
    Set<Note, back_populates("notebook")> notes;
    Keyed<Note, attribute_keyed("title"), viewonly> by_title;
};

struct Note {
    static constexpr auto table_name = "notes";
    Mapped<int, primary_key> id;
    Mapped<std::string> title;
    Mapped<std::optional<int>, ForeignKey("notebooks.id")> notebook_id;
    One<Notebook> notebook;
};
// end
using Notebooks = Registry<Notebook, Note>;

TEST_F(GuideRelationships, collections) {
    Notebooks::metadata().create_all(engine);
    Session session{engine};
    guide.begin("collections-use");
    auto todo = make(Note{.title = "todo"});
    auto notebook = session.add(Notebook{.notes = {todo}});
    notebook->notes.add(todo);  // it is there already
    session.commit();

    std::cout << notebook->notes.size() << ' ' << *notebook->by_title["todo"]->id << ' ' << std::boolalpha
              << notebook->by_title.contains_key("done") << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "1 1 false\n");
}

// begin: two-keys
struct Account;

struct Transfer {
    static constexpr auto table_name = "transfers";

    Mapped<int, primary_key> id;
    Mapped<int> cents;
    Mapped<int, ForeignKey("accounts.id")> from_id;
    Mapped<int, ForeignKey("accounts.id")> to_id;

    One<Account, foreign_keys("from_id"), back_populates("sent")> from;
    One<Account, foreign_keys("to_id"), back_populates("received")> to;
};

struct Account {
    static constexpr auto table_name = "accounts";

    Mapped<int, primary_key> id;
    Mapped<std::string> owner;

    Many<Transfer> sent;
    Many<Transfer> received;
    Many<Transfer, primaryjoin("accounts.id == transfers.to_id && transfers.cents >= 100000"), viewonly> large;
};
// end
using Bank = Registry<Account, Transfer>;

TEST_F(GuideRelationships, several_foreign_keys) {
    Bank::metadata().create_all(engine);
    Session session{engine};
    guide.begin("two-keys-use");
    auto ann = make(Account{.owner = "ann"}), bob = make(Account{.owner = "bob"});
    session.add_all(Transfer{.cents = 500, .from = ann, .to = bob}, Transfer{.cents = 250000, .from = ann, .to = bob});
    session.commit();
    std::cout << ann->sent.size() << ' ' << bob->received.size() << ' ' << bob->large.size() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "2 2 1\n");
}

}  // namespace guide_relationships
