// Samples of docs/guide/sessions.md.
#include "contacts_models.hpp"
#include "guide.hpp"

#include <aludel/orm/events.hpp>
#include <aludel/orm/inspect.hpp>

#include <gmock/gmock.h>

#include <iostream>

using namespace aludel;
using namespace aludel::literals;

// Named, for the classes of other chapters have the same names.
namespace guide_sessions {

using contacts::Address;
using contacts::User;

class GuideSessions : public testing::Test {
  protected:
    GuideSessions() {
        contacts::Base::metadata().create_all(engine);
        Session session{engine};
        contacts::add_users(session);
    }

    Guide guide{"sessions"};
    Guide::EngineMaker create_engine = guide.engine_maker();
    Engine engine = create_engine("sqlite://");
};

TEST_F(GuideSessions, states) {
    Session session{engine};
    guide.begin("states");
    auto mary = make(User{.name = "mary"});
    std::cout << std::boolalpha << "transient: " << inspect(mary).transient();
    session.add(mary);
    std::cout << ", pending: " << inspect(mary).pending();
    session.flush();
    std::cout << ", persistent: " << inspect(mary).persistent();
    session.delete_(mary);
    session.flush();
    std::cout << ", deleted: " << inspect(mary).deleted();
    session.commit();
    std::cout << ", detached: " << inspect(mary).detached() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "transient: true, pending: true, persistent: true, deleted: true, detached: true\n");

    guide.begin("identity");
    auto ed = session.query<User>().filter_by("name"_a = "ed").one();
    auto same = session.get<User>(*ed->id);  // from memory
    std::cout << std::boolalpha << (ed == same) << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "true\n");

    guide.begin("expiry");
    session.commit();  // all objects are expired
    std::cout << ed->fullname->value() << '\n';
    session.expire(ed, "fullname");
    std::cout << *ed->name << ' ' << ed->fullname->value() << '\n';
    session.refresh(ed);  // reads it now, and drops what was changed
    guide.end();
    EXPECT_EQ(guide.output(), "Ed Jones\ned Ed Jones\n");

    guide.begin("history");
    ed->name = "Eddie";
    auto history = inspect(ed).history<&User::name>();
    std::cout << history.deleted[0] << " became " << history.added[0] << ", unloaded: " << inspect(ed).unloaded()[0]
              << '\n';
    session.rollback();
    guide.end();
    EXPECT_EQ(guide.output(), "ed became Eddie, unloaded: addresses\n");

    guide.begin("savepoint");
    session.add(User{.name = "anna"});
    try {
        session.begin_nested([&] { session.add(User{.id = *ed->id, .name = "impostor"}); });
    } catch (const IntegrityError&) {
        std::cout << "only the savepoint was rolled back\n";
    }
    session.commit();
    guide.end();
    EXPECT_EQ(session.query<User>().filter_by("name"_a = "anna").count(), 1);
    session.commit();

    guide.begin("no-autoflush");
    {
        auto guard = session.no_autoflush();
        session.add(User{.name = "quiet"});
        std::cout << session.query<User>().filter_by("name"_a = "quiet").count() << '\n';
    }
    std::cout << session.query<User>().filter_by("name"_a = "quiet").count() << '\n';
    session.rollback();
    guide.end();
    EXPECT_EQ(guide.output(), "0\n1\n");
}

TEST_F(GuideSessions, detached_objects) {
    guide.begin("detached");
    Ptr<User> jack;
    {
        Session session{engine};
        jack = session.query<User>().filter_by("name"_a = "jack").one();
    }  // the session ends
    std::cout << *jack->name << '\n';  // what was loaded stays readable
    try {
        std::cout << jack->addresses.size() << '\n';
    } catch (const DetachedInstanceError&) {
        std::cout << "the addresses were not loaded\n";
    }
    guide.end();
    EXPECT_EQ(guide.output(), "jack\nthe addresses were not loaded\n");

    guide.begin("attach");
    Session session{engine};
    session.add(jack);
    std::cout << jack->addresses.size() << " addresses\n";
    guide.end();
    EXPECT_EQ(guide.output(), "2 addresses\n");
    session.commit();

    guide.begin("merge");
    auto merged = session.merge(User{.id = 1, .name = "ed", .fullname = "Edward Jones"});
    session.commit();
    guide.end();
    EXPECT_EQ(merged->fullname->value(), "Edward Jones");
}

TEST_F(GuideSessions, events) {
    guide.begin("events");
    SessionEvents events;
    events.listen<User>(ObjectEvent::before_insert, [](const Ptr<User>& user) {
        if (!*user->fullname) user->fullname = *user->name;
    });
    events.listen(SessionEvent::after_commit, [](Session&) { std::cout << "committed\n"; });

    Session session{engine, {.events = events}};
    auto mary = session.add(User{.name = "mary"});
    session.commit();
    std::cout << mary->fullname->value() << '\n';
    guide.end();
    EXPECT_EQ(guide.output(), "committed\nmary\n");
}

TEST_F(GuideSessions, scoped) {
    guide.begin("scoped");
    SessionMaker make_session{engine, {.autoflush = false, .expire_on_commit = false}};
    ScopedSession db{make_session};  // one session per thread

    db->add(User{.name = "mary"});
    db->commit();
    db.remove();  // closes this thread's session
    guide.end();
    EXPECT_EQ(guide.statements().size(), 3u);
}

}  // namespace guide_sessions
