// Notes, part 1: engine, sessions, base, tables.
#include "seed000.hpp"
#include "support/temporary.hpp"

#include <aludel/engine/driver.hpp>

#include <filesystem>
#include <thread>

using namespace aludel;

namespace notes {
namespace {

TEST(Seed000Engine, S0_001_four_slashes_are_an_absolute_path_and_nothing_is_opened_before_use) {
    EXPECT_EQ(create_engine("sqlite:////tmp/test.db").url().database(), "/tmp/test.db");

    const test::FreshFile file;
    const Engine engine = create_engine(file.url());
    EXPECT_EQ(engine.url().database(), file.path());
    EXPECT_EQ(file.url(), "sqlite:///" + file.path());
    EXPECT_FALSE(std::filesystem::exists(file.path()));

    engine.connect().execute(text("SELECT 1"));
    EXPECT_TRUE(std::filesystem::exists(file.path()));
}

TEST(Seed000Engine, S0_002_three_slashes_are_a_path_relative_to_the_working_directory) {
    const test::TemporaryDirectory directory;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(directory.path());
    const Engine engine = create_engine("sqlite:///test_sqlalchemy_backrefda.db");
    engine.connect().execute(text("SELECT 1"));
    std::filesystem::current_path(before);

    EXPECT_EQ(engine.url().database(), "test_sqlalchemy_backrefda.db");
    EXPECT_TRUE(std::filesystem::exists(directory.file("test_sqlalchemy_backrefda.db")));
}

template <class Options>
constexpr bool has_convert_unicode = requires(Options options) { options.convert_unicode; };

TEST_F(Seed000, S0_003_convert_unicode_is_no_option_because_text_is_always_utf8) {
    static_assert(!has_convert_unicode<EngineOptions>);  // {.convert_unicode = true} does not compile
    const std::string chinese = "员工名称";
    EXPECT_EQ(engine.connect().scalar(text("SELECT :x").bindparams("x"_a = chinese).columns<std::string>()), chinese);
}

TEST(Seed000Engine, S0_004_url_of_another_database_is_read_masked_and_refused_clearly) {
    const URL url = make_url("mysql+pymysql://username:password@localhost/db_name");
    EXPECT_EQ(url.backend(), "mysql");
    EXPECT_EQ(url.driver(), "pymysql");
    EXPECT_EQ(url.username(), "username");
    EXPECT_EQ(url.password(), "password");
    EXPECT_EQ(url.host(), "localhost");
    EXPECT_EQ(url.port(), 0);
    EXPECT_EQ(url.database(), "db_name");
    EXPECT_EQ(url.str(), "mysql+pymysql://username:***@localhost/db_name");

    const auto connect = [&] { create_engine(url).connect(); };
    // Nobody listens there, or not for this user; a build without the driver says that it has none.
    if (driver::find_driver("mysql"))
        EXPECT_THROW(connect(), OperationalError);
    else
        EXPECT_THROW(connect(), NoSuchModuleError);
}

TEST_F(Seed000, S0_005_session_maker_has_the_three_options) {
    const SessionMaker make_session{engine, {.autoflush = false, .autocommit = false}};
    EXPECT_FALSE(make_session.options().autoflush);
    EXPECT_TRUE(make_session.engine() == engine);

    Session session = make_session();
    EXPECT_FALSE(session.in_transaction());
    session.execute(text("SELECT 1"));
    EXPECT_TRUE(session.in_transaction());
    session.rollback();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "SELECT 1", "    ()", "ROLLBACK"}));

    EXPECT_THROW((Session{engine, {.autocommit = true}}), ArgumentError);
}

TEST_F(Seed000, S0_006_scoped_session_is_one_session_per_thread) {
    const ScopedSession db_session{SessionMaker{engine, {.autoflush = false}}};
    EXPECT_FALSE(db_session.has());
    Session* mine = &db_session();
    EXPECT_EQ(mine, &db_session());
    EXPECT_EQ(mine, db_session.operator->());

    Session* other = nullptr;
    std::thread{[&] { other = &db_session(); }}.join();
    EXPECT_NE(other, nullptr);
    EXPECT_NE(other, mine);

    db_session->execute(text("SELECT 1"));
    db_session.remove();
    EXPECT_FALSE(db_session.has());
    EXPECT_EQ(log().back(), "ROLLBACK");
}

TEST(Seed000Base, S0_007_registry_is_the_declarative_base) {
    MetaData& metadata = Base::metadata();
    EXPECT_EQ(&metadata, &Base::metadata());
    ASSERT_EQ(metadata.tables().size(), 2u);
    EXPECT_TRUE(metadata.contains("user"));
    EXPECT_TRUE(metadata.contains("post"));
}

ScopedSession* readers = nullptr;

/// A class with the shortcut that `query_property()` adds in Python.
struct Reader {
    static constexpr auto table_name = "reader";
    Mapped<int, primary_key> id;
    static auto query() { return (*readers)->query<Reader>(); }
};

TEST_F(Seed000, S0_008_static_query_of_a_class_is_a_new_query_of_the_thread_session) {
    ScopedSession db_session{SessionMaker{engine}};
    readers = &db_session;
    EXPECT_EQ(Reader::query().str(), db_session->query<Reader>().str());
    EXPECT_EQ(test::folded(Reader::query().str()), "SELECT reader.id AS reader_id FROM reader");
    readers = nullptr;
}

struct Named {
    static constexpr auto table_name = "named";
    Mapped<int, primary_key> id;
};
struct Forgotten {
    static constexpr auto table_name = "forgotten";
    Mapped<int, primary_key> id;
};

TEST_F(Seed000, S0_009_tables_of_classes_that_the_registry_does_not_name_are_not_created) {
    Registry<Named>::metadata().create_all(engine);
    EXPECT_FALSE(Registry<Named>::metadata().contains("forgotten"));
    Session session{engine};
    EXPECT_EQ(session.query<Named>().count(), 0);
    EXPECT_THROW(session.query<Forgotten>().all(), OperationalError);
}

TEST_F(Seed000, S0_010_create_all_checks_each_table_and_creates_what_is_missing_in_one_transaction) {
    Base::metadata().create_all(engine);
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)",                            //
                            "PRAGMA main.table_info(\"user\")", "    ()",  //
                            "PRAGMA temp.table_info(\"user\")", "    ()",  //
                            "PRAGMA main.table_info(\"post\")", "    ()",  //
                            "PRAGMA temp.table_info(\"post\")", "    ()",  //
                            create_user, "    ()",                         //
                            create_post, "    ()",                         //
                            "COMMIT"}));
}

TEST_F(Seed000, S0_011_second_create_all_only_checks_and_changes_nothing) {
    engine.begin(
        [](Connection& connection) { connection.execute(text("CREATE TABLE user (id INTEGER PRIMARY KEY)")); });
    Base::metadata().create_all(engine);
    log();
    Base::metadata().create_all(engine);
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)",                            //
                            "PRAGMA main.table_info(\"user\")", "    ()",  //
                            "PRAGMA main.table_info(\"post\")", "    ()",  //
                            "COMMIT"}));
    Connection connection = engine.connect();
    const auto columns = connection.execute(text("PRAGMA main.table_info(\"user\")")).all();
    EXPECT_EQ(columns.size(), 1u);  // the table that was there is as it was
}

}  // namespace
}  // namespace notes
