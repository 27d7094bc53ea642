// This program links the engine and no driver.
#include <aludel/base/error.hpp>
#include <aludel/engine/driver.hpp>
#include <aludel/engine/engine.hpp>
#include <aludel/sql/compile/dialect.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aludel {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(EngineWithoutDriver, parses_and_prints_but_does_not_connect) {
    const Engine engine = create_engine("mysql+pymysql://username:s3cret@localhost/db_name");
    EXPECT_EQ(engine.url().database(), "db_name");
    EXPECT_EQ(engine.dialect().name(), "mysql");
    try {
        engine.connect();
        FAIL();
    } catch (const NoSuchModuleError& error) {
        EXPECT_THAT(error.message(), HasSubstr("This build of aludel has no driver for mysql"));
        EXPECT_THAT(error.message(), HasSubstr("mysql+pymysql://username:***@localhost/db_name"));
        EXPECT_THAT(error.message(), Not(HasSubstr("s3cret")));
    }
}

TEST(EngineWithoutDriver, unknown_database_is_refused_at_once) {
    try {
        create_engine("oracle://scott:s3cret@localhost/orcl");
        FAIL();
    } catch (const NoSuchModuleError& error) {
        EXPECT_EQ(error.code(), "nomodule");
        EXPECT_THAT(error.message(), HasSubstr("'oracle'"));
        EXPECT_THAT(error.message(), HasSubstr("sqlite, postgresql and mysql"));
        EXPECT_THAT(error.message(), Not(HasSubstr("s3cret")));
    }
}

TEST(EngineOptions, senseless_pool_options_are_refused) {
    EXPECT_THROW(create_engine("postgresql://h/d", {.pool_size = 0}), ArgumentError);
    EXPECT_THROW(create_engine("postgresql://h/d", {.max_overflow = -2}), ArgumentError);
    EXPECT_THROW(create_engine("postgresql://h/d", {.pool_timeout = std::chrono::seconds{-1}}), ArgumentError);
    EXPECT_THROW(create_engine("postgresql://h/d", {.busy_timeout = std::chrono::seconds{-1}}), ArgumentError);
}

TEST(Driver, registry_is_empty_here) {
    EXPECT_EQ(driver::find_driver("postgresql"), nullptr);
    EXPECT_TRUE(driver::driver_names().empty());
}

}  // namespace
}  // namespace aludel
