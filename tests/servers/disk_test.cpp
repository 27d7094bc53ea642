// A file system that is full. Mounting a small one takes root; quotas, which do not, are in fault_test.cpp.
#include "servers/own_server_test.hpp"

#include <gtest/gtest.h>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace aludel::test {
namespace {

/// Four megabytes that belong to the server's user.
class SmallDisk {
  public:
    SmallDisk(std::string path, const std::string& like) : path_(std::move(path)) {
        struct stat owner{};
        std::filesystem::create_directory(path_);
        mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=4m,mode=0700") == 0;
        if (mounted_ && (::stat(like.c_str(), &owner) != 0 || ::chown(path_.c_str(), owner.st_uid, owner.st_gid) != 0))
            ADD_FAILURE() << "the server cannot have the disk";
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted_ && ::umount2(path_.c_str(), MNT_DETACH) != 0) ADD_FAILURE() << "the disk stays mounted";
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    bool mounted() const { return mounted_; }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
    bool mounted_ = false;
};

class ServerDisk : public OwnServerTest {
  protected:
    void fill(Session& session) const {
        for (int i = 0; i < 1'000; ++i)
            session.connection().exec_driver_sql("INSERT INTO big (filling) VALUES ('" + std::string(16'000, 'x') +
                                                 "')");
    }
};
ALUDEL_ON_EVERY_SERVER(ServerDisk);

TEST_P(ServerDisk, full_disk_ends_the_statement_and_the_transaction_is_rolled_back) {
    const SmallDisk disk(environment("ALUDEL_SERVERS_DIR") + "/small",
                         environment(is_postgresql() ? "ALUDEL_POSTGRESQL_DATA" : "ALUDEL_MARIADB_DATA"));
    if (!disk.mounted()) GTEST_SKIP() << "mounting a file system takes root";
    if (is_postgresql()) {
        command("CREATE TABLESPACE small LOCATION '" + disk.path() + "'");
        command("CREATE TABLE big (filling TEXT) TABLESPACE small");
        command("ALTER TABLE big ALTER filling SET STORAGE EXTERNAL");
    } else {
        command("CREATE TABLE big (filling TEXT) DATA DIRECTORY = '" + disk.path() + "'");
    }
    Session session{*engine};
    transfer(session, 1, 2, "beside");
    const auto error = caught<OperationalError>([&] { fill(session); });
    if (is_postgresql())
        EXPECT_EQ(error.sqlstate(), "53100") << error.what();
    else
        EXPECT_EQ(error.driver_code(), 1114) << error.what();
    EXPECT_FALSE(error.connection_invalidated());
    EXPECT_FALSE(error.retryable());
    EXPECT_FALSE(error.outcome_in_doubt());
    session.rollback();
    EXPECT_EQ(session.query<Transfer>().count(), 0);
    EXPECT_EQ(ask<std::int64_t>("SELECT count(*) FROM big"), 0);
    session.close();
    command("DROP TABLE big");
    if (is_postgresql()) command("DROP TABLESPACE small");
}

}  // namespace
}  // namespace aludel::test
