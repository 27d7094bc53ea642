// The example of the notes, as it is in examples/notes: its statements one by one.
#include "captured_output.hpp"
#include "echo_text.hpp"
#include "support/temporary.hpp"
#include "transcript.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace {

const aludel::test::FreshFile database_file;
// The example's engine is made before main(), so the environment is made before it.
[[maybe_unused]] const int environment = ::setenv("DATABASE_URL", database_file.url().c_str(), 1);

}  // namespace

// `int main() {` becomes a function that needs no return statement.
#define main()        \
    notes_unused = 0; \
    void notes_main()
#include "../../examples/notes/notes.cpp"
#undef main

namespace {

using Lines = std::vector<std::string>;

const Lines association_tables{"post_tag", "staff_up_obj"};

/// What the program prints itself. The rows of a relationship without order_by come in the order of the database.
const Lines printed{"staff_A 0 0", "staff_B 0 0", "staff_C 0 1", "staff_E 2 0", "staff_D 0 1", "x tA", "x tB", "z tA"};

TEST(NotesProgram, statements_are_those_of_the_transcript_one_by_one) {
    const notes::Echo echo{notes::output_of(notes_main)};
    const auto expected = notes::comparable(notes::transcript("notes.sql"), association_tables);
    const auto emitted = notes::comparable(echo.log, association_tables);
    ASSERT_EQ(expected.size(), 182u);  // a lost transcript compares with nothing
    for (std::size_t i = 0; i < std::min(emitted.size(), expected.size()); ++i)
        ASSERT_EQ(emitted[i], expected[i]) << "line " << i;
    EXPECT_EQ(emitted.size(), expected.size());
    EXPECT_EQ(echo.own, printed);
}

TEST(NotesProgram, second_run_drops_the_tables_and_leaves_the_same_state) {
    notes::output_of(notes_main);
    const notes::Echo echo{notes::output_of(notes_main)};
    Lines dropped;
    for (const auto& line : echo.log)
        if (line.starts_with("DROP TABLE ")) dropped.push_back(line.substr(11));
    EXPECT_EQ(dropped, (Lines{"post_tag", "staff_up_obj", "post", "staff", "tag", "user"}));
    EXPECT_EQ(echo.own, printed);

    const Engine reader = create_engine(database_file.url());
    Session session{reader};
    EXPECT_EQ(*session.query<User>().one()->name, "ed");
    Lines posts;
    for (const auto& post : session.query<Post>().order_by(col<&Post::id>))
        posts.push_back(std::to_string(*post->id) + " " + *post->title + " " + std::to_string(post->tags.count()));
    EXPECT_EQ(posts, (Lines{"2 renamed 0", "3 x 2", "4 z 1"}));
    EXPECT_EQ(session.query<Tag>().count(), 2);
    EXPECT_EQ(session.query<Staff>().count(), 5);
}

}  // namespace
