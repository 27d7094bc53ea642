// The samples of docs/transactions.md and docs/scaling.md: each stands here between `// sample: <name>` and `// end`,
// and the pages have the same text.
#include "support/page_samples.hpp"
#include "support/temporary.hpp"

#include <aludel/aludel.hpp>
#include <aludel/orm/retry.hpp>
#include <aludel/orm/sharded_session.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace aludel::test {
namespace {

namespace pages {

struct User {
    static constexpr auto table_name = "users";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(50), unique> name;
    Mapped<int> age = 30;
    Mapped<int> credit = 100;
};

struct Account {
    static constexpr auto table_name = "accounts";
    Mapped<int, primary_key> id;
    Mapped<int> balance;
};

struct Payment {
    static constexpr auto table_name = "payments";
    Mapped<int, primary_key> id;
    Mapped<int> amount;
};

struct City {
    static constexpr auto table_name = "cities";
    Mapped<int, primary_key> id;
    Mapped<std::string> continent;
    Mapped<std::string> name;
};

using Base = Registry<User, Account, Payment, City>;

}  // namespace pages

using namespace pages;

class TransactionPages : public ::testing::Test {
  protected:
    TransactionPages() { pages::Base::metadata().create_all(engine); }
    Engine another() {
        files.push_back(std::make_unique<FreshFile>());
        Engine made = create_engine(files.back()->url());
        pages::Base::metadata().create_all(made);
        return made;
    }
    std::vector<std::string> names() {
        std::vector<std::string> found;
        for (const auto& user : Session(engine).query<User>().all()) found.push_back(user->name);
        return found;
    }

    FreshFile file;
    std::vector<std::unique_ptr<FreshFile>> files;
    Engine engine = create_engine(file.url());
};

TEST_F(TransactionPages, samples_of_the_pages_are_those_that_are_tested) {
    const std::string folder = ALUDEL_TEST_SOURCE_DIR;
    auto tested = samples_of_test(folder + "/transaction_pages_test.cpp");
    tested.merge(samples_of_test(folder + "/../servers/pages_test.cpp"));  // what needs a server
    for (const std::string page : {"transactions.md", "scaling.md"}) {
        const auto samples = samples_of_page(folder + "/../../docs/" + page);
        EXPECT_GE(samples.size(), 3u) << page;
        for (const auto& [name, text] : samples) EXPECT_EQ(text, tested[name]) << page << ": " << name;
    }
}

TEST_F(TransactionPages, blocks) {
    Session session{engine};
    session.begin([&] { session.add(User{.name = "jack"}); });
    // sample: blocks
    session.begin([&] { session.add(User{.name = "ed"}); });

    engine.begin([](Connection& connection) { connection.execute(text("DELETE FROM users WHERE name = 'jack'")); });
    // end
    EXPECT_THAT(names(), ::testing::ElementsAre("ed"));
}

TEST_F(TransactionPages, options) {
    // sample: options
    Engine strict = engine.execution_options({.isolation_level = IsolationLevel::serializable});
    Session session{strict};                                                    // every transaction of this session
    session.connection({.isolation_level = IsolationLevel::read_uncommitted});  // this one only; it comes first

    Connection connection = engine.connect();
    connection.execution_options({.isolation_level = IsolationLevel::autocommit});  // until it is closed
    // end
    connection.execute(insert(entity<User>).values("name"_a = "ed", "age"_a = 1, "credit"_a = 1));
    connection.rollback();
    EXPECT_THAT(names(), ::testing::ElementsAre("ed"));
    EXPECT_EQ(session.connection().get_execution_options().isolation_level, IsolationLevel::read_uncommitted);
}

TEST_F(TransactionPages, savepoints) {
    Session session{engine};
    // sample: savepoints
    session.add(User{.name = "ed"});
    try {
        session.begin_nested([&] {
            session.add(User{.name = "ed"});  // the name is taken
            session.flush();
        });
    } catch (const IntegrityError&) {
        // Rolled back to the savepoint; the first ed is still there.
    }
    session.commit();
    // end
    EXPECT_THAT(names(), ::testing::ElementsAre("ed"));
}

TEST_F(TransactionPages, retry) {
    Session session{engine};
    session.begin([&] { session.add_all(Account{.id = 1, .balance = 50}, Account{.id = 2, .balance = 50}); });
    // sample: retry
    run_transaction(session, [](Session& each) {
        auto from = each.get<Account>(1);
        auto to = each.get<Account>(2);
        from->balance -= 10;
        to->balance += 10;
    });
    // end
    EXPECT_EQ(Session(engine).get<Account>(1)->balance, 40);
}

void program_under_test(Session& session) {
    session.add(User{.name = "ed"});
    session.commit();
}

TEST_F(TransactionPages, join) {
    // sample: join
    Connection connection = engine.connect();
    Transaction outer = connection.begin();
    Session session{connection, {.join_transaction_mode = JoinTransactionMode::create_savepoint}};
    program_under_test(session);  // commits
    outer.rollback();             // as if nothing had been
    // end
    EXPECT_TRUE(names().empty());
}

TEST_F(TransactionPages, replicas) {
    Engine first = another();
    Engine second = another();
    const Engine& primary = engine;
    for (const Engine& each : {engine, first, second}) {
        Session session{each};
        session.begin([&] { session.add(User{.name = "ed"}); });
    }
    // sample: replicas
    SessionMaker make_session{primary, {.replicas = {first, second}}};
    Session session = make_session();
    auto ed = session.query<User>().filter_by("name"_a = "ed").one();  // from a replica
    ed->age = 31;
    session.commit();                        // on the primary
    auto again = session.get<User>(ed->id);  // from the primary
    // end
    EXPECT_EQ(again->age, 31);
    EXPECT_EQ(Session(primary).get<User>(1)->age, 31);
    EXPECT_EQ(Session(first).get<User>(1)->age, 30);
}

TEST_F(TransactionPages, binds) {
    const Engine& users = engine;
    Engine payments = another();
    // sample: binds
    Session session{users, {.binds = {bind<Payment>(payments)}}};
    session.add(Payment{.amount = 10});
    session.commit();
    // end
    EXPECT_EQ(Session(payments).query<Payment>().count(), 1);
    EXPECT_EQ(Session(users).query<Payment>().count(), 0);
}

TEST_F(TransactionPages, shards) {
    const Engine& asia = engine;
    Engine europe = another();
    // sample: shards
    ShardingOptions sharding;
    sharding.shards = {{"asia", asia}, {"europe", europe}};
    sharding.shard_chooser = [](const AnyPtr& object) -> std::string {
        return object.as<City>()->continent == "Asia" ? "asia" : "europe";
    };
    sharding.execute_chooser = [](const ShardQuery& query) -> std::vector<std::string> {
        const auto continents = query.values_of(col<&City::continent>);
        if (continents && continents->size() == 1) return {continents->front() == "Asia" ? "asia" : "europe"};
        return {"asia", "europe"};
    };
    ShardedSession session{sharding};
    session.add(City{.continent = "Asia", .name = "Tokyo"});
    session.add(City{.continent = "Europe", .name = "London"});
    session.commit();
    auto tokyo = session.query<City>().filter(col<&City::continent> == "Asia").one();  // one SELECT
    auto all = session.query<City>().all();                                            // one on each shard
    // end
    EXPECT_EQ(tokyo->name, "Tokyo");
    EXPECT_EQ(all.size(), 2u);
    EXPECT_EQ(session.statement_count(), 2u + 1u + 2u);
}

}  // namespace
}  // namespace aludel::test
