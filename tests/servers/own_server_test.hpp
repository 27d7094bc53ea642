// A test on a server of its own, which it may stop, kill and start again.
#pragma once

#include "servers/server_test.hpp"

#include <cstdlib>
#include <string>

namespace aludel::test {

class OwnServerTest : public ServerTest {
  protected:
    void SetUp() override {
        if (environment("ALUDEL_OWN_SERVER") != to_string(GetParam()))
            GTEST_SKIP() << "ALUDEL_OWN_SERVER does not name " << GetParam()
                         << "; say it where `tools/with-databases --own` has started one";
        ServerTest::SetUp();
        if (IsSkipped()) return;
        keep_what_is_committed();
        engine->dispose();
        open_bank(*engine, 4);
        engine->dispose();
    }
    /// The test may end while its server is down.
    void TearDown() override {
        if (engine) start();
        ServerTest::TearDown();
    }

    static void stop() { tell("--stop", ""); }
    static void kill_server() { tell("--stop", " kill"); }
    /// Nothing happens if it runs.
    static void start() { tell("--start", ""); }

  private:
    static void tell(const std::string& action, const std::string& how) {
        const std::string command =
            std::string{ALUDEL_WITH_DATABASES} + ' ' + action + ' ' + std::string{to_string(GetParam())} + how;
        ASSERT_EQ(std::system(command.c_str()), 0) << command;
    }
    /// The servers of tests are fast because they lose what was committed just before they die; not these.
    void keep_what_is_committed() const {
        command(is_postgresql() ? "ALTER ROLE CURRENT_USER SET synchronous_commit = on"
                                : "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
    }
};

}  // namespace aludel::test
