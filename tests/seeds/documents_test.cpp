// What the documents say: README's program runs, and every point of the notes is tested or explained. That README shows
// the program which is compiled here is a check of tests/lint.
#include "captured_output.hpp"
#include "echo_text.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

// `int main() {` becomes a function that needs no return statement.
#define main()         \
    readme_unused = 0; \
    void readme_main()
#include "../packaging/consumer/main.cpp"
#undef main

namespace {

std::string text_of(const std::string& path) {
    std::ifstream file{ALUDEL_TEST_SOURCE_DIR "/../../" + path};
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string point(const std::string& document, int number) {
    const std::string digits = std::to_string(number);
    return document + "-" + std::string(3 - digits.size(), '0') + digits;
}

/// The points of the notes (S0) and of the tutorial (S4) that the tests of this program name.
std::set<std::string> tested_points() {
    std::set<std::string> found;
    const auto* program = testing::UnitTest::GetInstance();
    for (int i = 0; i < program->total_test_suite_count(); ++i) {
        const auto* suite = program->GetTestSuite(i);
        for (int j = 0; j < suite->total_test_count(); ++j) {
            const std::string name = suite->GetTestInfo(j)->name();
            if (name.starts_with("S0_") || name.starts_with("S4_"))
                found.insert(name.substr(0, 2) + "-" + name.substr(3, 3));
        }
    }
    return found;
}

TEST(Readme, program_prints_its_statements_and_what_it_found) {
    const notes::Echo echo{notes::output_of(readme_main)};
    EXPECT_EQ(echo.own, std::vector<std::string>{"Mars has 2 moons"});
    EXPECT_EQ(
        echo.log,
        (std::vector<std::string>{
            "BEGIN (implicit)",
            "PRAGMA main.table_info(\"planets\")",
            "    ()",
            "PRAGMA temp.table_info(\"planets\")",
            "    ()",
            "PRAGMA main.table_info(\"moons\")",
            "    ()",
            "PRAGMA temp.table_info(\"moons\")",
            "    ()",
            "CREATE TABLE planets ( id INTEGER NOT NULL, name VARCHAR(40) NOT NULL, PRIMARY KEY (id), UNIQUE (name) )",
            "    ()",
            "CREATE TABLE moons ( id INTEGER NOT NULL, name VARCHAR NOT NULL, planet_id INTEGER NOT NULL, PRIMARY KEY "
            "(id), FOREIGN KEY(planet_id) REFERENCES planets (id) )",
            "    ()",
            "COMMIT",
            "BEGIN (implicit)",
            "INSERT INTO planets (name) VALUES (?)",
            "    ('Mars',)",
            "INSERT INTO moons (name, planet_id) VALUES (?, ?)",
            "    ('Phobos', 1)",
            "INSERT INTO moons (name, planet_id) VALUES (?, ?)",
            "    ('Deimos', 1)",
            "COMMIT",
            "BEGIN (implicit)",
            "SELECT planets.id AS planets_id, planets.name AS planets_name FROM planets",
            "    ()",
            "SELECT moons.planet_id AS moons_planet_id, moons.id AS moons_id, moons.name AS moons_name FROM moons "
            "WHERE "
            "moons.planet_id IN (?)",
            "    (1,)",
            "ROLLBACK"}));
}

TEST(FromSqlalchemy, every_point_of_the_notes_has_a_test) {
    const auto tested = tested_points();
    for (int number = 1; number <= 82; ++number)
        EXPECT_TRUE(tested.contains(point("S0", number))) << point("S0", number);
}

TEST(FromSqlalchemy, every_point_of_the_tutorial_has_a_test) {
    const auto tested = tested_points();
    for (int number = 1; number <= 106; ++number)
        EXPECT_TRUE(tested.contains(point("S4", number))) << point("S4", number);
}

TEST(FromSqlalchemy, document_explains_the_points_that_exist_only_in_python) {
    const std::string document = text_of("docs/from-sqlalchemy.md");
    for (const char* each : {"S0-003", "S0-007", "S0-008", "S0-009", "S0-012", "S0-019", "S0-043", "S0-047"})
        EXPECT_NE(document.find(std::string("- ") + each + ": "), std::string::npos) << each;
}

}  // namespace
