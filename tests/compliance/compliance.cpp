#include "compliance/compliance.hpp"

namespace aludel::test::compliance {

void EmptyDatabaseTest::SetUp() {
    if (const auto why = why_unavailable(GetParam()); !why.empty()) GTEST_SKIP() << why;
    database_.emplace(GetParam());
    engine = create_engine(database_->url(), {.log = log.sink()});
}

void EmptyDatabaseTest::TearDown() {
    engine.dispose();
    database_.reset();
}

void ComplianceTest::SetUp() {
    EmptyDatabaseTest::SetUp();
    if (IsSkipped()) return;
    Base::metadata().create_all(engine);
    session = Session{engine};
    log.clear();
}

void ComplianceTest::TearDown() {
    session.close();
    EmptyDatabaseTest::TearDown();
}

void ComplianceTest::given_users(const Lines& names) const {
    Session writer{engine};
    for (const auto& name : names) writer.add(User{.name = name});
    writer.commit();
}

void ComplianceTest::given_addresses(const Lines& emails) const {
    Session writer{engine};
    auto user = writer.add(User{.name = "ed"});
    for (const auto& email : emails) user->addresses.append(Address{.email = email});
    writer.commit();
}

void ComplianceTest::restart() {
    session.rollback();
    session.expunge_all();
    log.clear();
}

}  // namespace aludel::test::compliance
