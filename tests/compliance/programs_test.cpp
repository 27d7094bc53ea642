// The programs of examples/ on every database, chosen by DATABASE_URL, each in a database of its own: they print there
// what they print on SQLite.
#include "seeds/echo_text.hpp"
#include "support/databases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace aludel::test {
namespace {

using Lines = std::vector<std::string>;

class Programs : public ::testing::TestWithParam<Backend> {
  protected:
    void SetUp() override {
        if (const auto why = why_unavailable(GetParam()); !why.empty()) GTEST_SKIP() << why;
    }
    /// What the program writes itself, without its log; its lines in order, since the rows of a query without ORDER BY
    /// come as each database has them.
    static Lines printed(const std::string& program, const Database& database) {
        ::setenv("DATABASE_URL", database.url().c_str(), 1);
        const std::string command = "'" + program + "' '" + database.url() + "' 2>&1";
        std::FILE* pipe = ::popen(command.c_str(), "r");
        if (pipe == nullptr) throw std::runtime_error("cannot start " + program);
        std::string output;
        std::array<char, 4096> buffer{};
        for (std::size_t n; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
            output.append(buffer.data(), n);
        const int status = ::pclose(pipe);
        EXPECT_EQ(status, 0) << output.substr(output.size() > 2000 ? output.size() - 2000 : 0);
        Lines lines = notes::Echo{output}.own;
        std::erase_if(lines, [](const std::string& line) { return line.starts_with("in ") && line.ends_with(" s"); });
        std::sort(lines.begin(), lines.end());
        return lines;
    }
    /// The same on SQLite.
    static Lines expected(const std::string& program) { return printed(program, Database{Backend::sqlite}); }
    static Database fresh_database() { return Database{GetParam(), Database::Space::whole}; }
};
INSTANTIATE_TEST_SUITE_P(, Programs, ::testing::ValuesIn(all_backends),
                         [](const auto& instance) { return std::string(to_string(instance.param)); });

TEST_P(Programs, notes_prints_the_same_twice) {
    const Lines lines = expected(ALUDEL_PROGRAM_NOTES);
    ASSERT_EQ(lines.size(), 8u);
    const Database database = fresh_database();
    EXPECT_EQ(printed(ALUDEL_PROGRAM_NOTES, database), lines);
    EXPECT_EQ(printed(ALUDEL_PROGRAM_NOTES, database), lines) << "when it finds its tables there";
}

TEST_P(Programs, tutorial_prints_the_same) {
    const Lines lines = expected(ALUDEL_PROGRAM_TUTORIAL);
    ASSERT_GT(lines.size(), 10u);
    EXPECT_EQ(printed(ALUDEL_PROGRAM_TUTORIAL, fresh_database()), lines);
}

TEST_P(Programs, iso_codes_imports_and_reports_the_same) {
    if (std::FILE* data = std::fopen("/usr/share/iso-codes/json/iso_3166-1.json", "r"))
        std::fclose(data);
    else
        GTEST_SKIP() << "the package iso-codes is not installed";
    const Lines lines = expected(ALUDEL_PROGRAM_ISO_CODES);
    ASSERT_GT(lines.size(), 20u);
    const Database database = fresh_database();
    EXPECT_EQ(printed(ALUDEL_PROGRAM_ISO_CODES, database), lines);
    EXPECT_THAT(printed(ALUDEL_PROGRAM_ISO_CODES, database), ::testing::Contains(::testing::HasSubstr("0 added")))
        << "the second import finds everything there";
}

}  // namespace
}  // namespace aludel::test
