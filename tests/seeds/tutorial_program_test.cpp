// The example of the tutorial, as it is in examples/tutorial: its statements one by one.
#include "captured_output.hpp"
#include "echo_text.hpp"
#include "transcript.hpp"

#include <aludel/aludel.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iosfwd>
#include <iostream>
#include <optional>

// The program's names are those of the notes; a namespace keeps the two apart. Its headers are included above.
namespace tutorial {

// `int main() {` becomes a function that needs no return statement.
#define main()           \
    tutorial_unused = 0; \
    void tutorial_main()
#include "../../examples/tutorial/print.cpp"
#include "../../examples/tutorial/tutorial.cpp"
#undef main

}  // namespace tutorial

namespace {

using Lines = std::vector<std::string>;

/// The environment without DATABASE_URL, for a while: the tutorial runs on a database in memory.
class InMemory {
  public:
    InMemory() : before_(std::getenv("DATABASE_URL") ? std::getenv("DATABASE_URL") : "") { ::unsetenv("DATABASE_URL"); }
    InMemory(const InMemory&) = delete;
    InMemory& operator=(const InMemory&) = delete;
    ~InMemory() {
        if (!before_.empty()) ::setenv("DATABASE_URL", before_.c_str(), 1);
    }

  private:
    std::string before_;
};

const std::string jack = "<User(name='jack', fullname='Jack Bean', password='gjffdd')>";
const std::string google = "<Address(email_address='jack@google.com')>";
const std::string yahoo = "<Address(email_address='j25@yahoo.com')>";

TEST(TutorialProgram, statements_are_those_of_the_transcript_one_by_one) {
    const InMemory environment;
    const notes::Echo echo{notes::output_of(tutorial::tutorial_main)};
    const auto expected = notes::comparable(notes::transcript("tutorial.sql"), {"post_keywords"});
    const auto emitted = notes::comparable(echo.log, {"post_keywords"});
    ASSERT_EQ(expected.size(), 124u);  // a lost transcript compares with nothing
    for (std::size_t i = 0; i < std::min(emitted.size(), expected.size()); ++i)
        ASSERT_EQ(emitted[i], expected[i]) << "line " << i;
    EXPECT_EQ(emitted.size(), expected.size());
}

TEST(TutorialProgram, prints_what_the_seed_prints) {
    const InMemory environment;
    const notes::Echo echo{notes::output_of(tutorial::tutorial_main)};
    EXPECT_EQ(echo.own, (Lines{yahoo + " " + jack, google, yahoo,     // related objects
                               jack, google,                          // a join
                               "jack jack@google.com j25@yahoo.com",  // aliases
                               "<User(name='ed', fullname='Ed Jones', password='f8s7ccs')> None",
                               "<User(name='wendy', fullname='Wendy Williams', password='foobar')> None",
                               "<User(name='mary', fullname='Mary Contrary', password='xxg527')> None",
                               "<User(name='fred', fullname='Fred Flinstone', password='blah')> None",
                               jack + " 2",   // a subquery
                               jack, google,  // an entity from a subquery
                               jack,          // contains_eager
                               "1", "0"}));   // cascades
}

}  // namespace
