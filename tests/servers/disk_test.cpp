// A disk that is full: a table space on a small file system, which takes root. InnoDB has no such thing to show: it
// gives up the whole server. Quotas of a session, which both have, are in fault_test.cpp.
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
    /// Rows into `big`, in the transaction of a transfer, until there is no room; none of it is left then.
    OperationalError error_of_filling() {
        Session session{*engine};
        transfer(session, 1, 2, "beside");
        const std::string row = "INSERT INTO big (filling) VALUES (repeat('x', 1000000))";
        const auto error = caught<OperationalError>([&] {
            for (int i = 0; i < 100; ++i) session.connection().exec_driver_sql(row);
        });
        EXPECT_FALSE(error.connection_invalidated());
        EXPECT_FALSE(error.retryable());
        EXPECT_FALSE(error.outcome_in_doubt());
        session.rollback();
        EXPECT_EQ(session.query<Transfer>().count(), 0);
        EXPECT_EQ(session.connection().exec_driver_sql("SELECT count(*) FROM big").scalar_one<std::int64_t>(), 0);
        return error;
    }
};
ALUDEL_ON_EVERY_SERVER(ServerDisk);

TEST_P(ServerDisk, full_disk_ends_the_statement_and_the_transaction_is_rolled_back) {
    if (!is_postgresql()) GTEST_SKIP() << "InnoDB gives its whole server up on a file system that is full";
    const SmallDisk disk(environment("ALUDEL_SERVERS_DIR") + "/small", environment("ALUDEL_POSTGRESQL_DATA"));
    if (!disk.mounted()) GTEST_SKIP() << "mounting a file system takes root";
    command("CREATE TABLESPACE small LOCATION '" + disk.path() + "'");
    command("CREATE TABLE big (filling TEXT) TABLESPACE small");
    command("ALTER TABLE big ALTER filling SET STORAGE EXTERNAL");
    const auto error = error_of_filling();
    EXPECT_EQ(error.sqlstate(), "53100") << error.what();
    command("DROP TABLE big");
    command("DROP TABLESPACE small");
}

}  // namespace
}  // namespace aludel::test
