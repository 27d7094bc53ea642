// The example of the notes, as it is in examples/notes: its statements one by one.
#include "captured_output.hpp"
#include "echo_text.hpp"
#include "support/temporary.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace {

const aludel::test::FreshFile database_file;
// The example's engine is made before main(), so the environment is made before it.
[[maybe_unused]] const int environment = ::setenv("DATABASE_URL", database_file.url().c_str(), 1);

}  // namespace

// `int main() {` becomes a function that needs no return statement.
#define main()        \
    notes_unused = 0; \
    void notes_main()
#include "../../examples/notes/main.cpp"
#undef main

namespace {

std::vector<std::string> transcript() {
    std::ifstream file{ALUDEL_TEST_SOURCE_DIR "/notes.sql"};
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        if (!line.starts_with("--")) lines.push_back(line);
    return lines;
}

TEST(NotesProgram, statements_are_those_of_the_transcript_one_by_one) {
    const notes::Echo echo{notes::output_of(notes_main)};
    const auto expected = transcript();
    ASSERT_EQ(expected.size(), 122u);  // a lost transcript compares with nothing
    ASSERT_GE(echo.log.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_EQ(echo.log[i], expected[i]) << "line " << i;

    const std::vector<std::string> rest(echo.log.begin() + static_cast<std::ptrdiff_t>(expected.size()),
                                        echo.log.end());
    EXPECT_EQ(
        rest,
        (std::vector<std::string>{
            "BEGIN (implicit)",
            "SELECT post.id AS post_id, post.author_id AS post_author_id, post.created AS post_created, "
            "post.latest_update AS post_latest_update, post.title AS post_title, post.body AS post_body FROM post",
            "    ()", "ROLLBACK"}));
    EXPECT_EQ(echo.own, std::vector<std::string>{"left: post 2, renamed"});
}

TEST(NotesProgram, second_run_drops_the_tables_and_leaves_the_same_state) {
    notes::output_of(notes_main);
    const notes::Echo echo{notes::output_of(notes_main)};
    std::vector<std::string> dropped;
    for (const auto& line : echo.log)
        if (line.starts_with("DROP TABLE ")) dropped.push_back(line.substr(11));
    EXPECT_EQ(dropped, (std::vector<std::string>{"post_tag", "staff_up_obj", "post", "staff", "tag", "user"}));

    const Engine reader = create_engine(database_file.url());
    Session session{reader};
    ASSERT_EQ(session.query<User>().count(), 1);
    EXPECT_EQ(*session.query<User>().one()->name, "ed");
    const auto post = session.query<Post>().one();
    EXPECT_EQ(*post->id, 2);
    EXPECT_EQ(*post->title, "renamed");
    EXPECT_EQ(*post->author_id, 1);
    EXPECT_EQ(session.query<Tag>().count(), 0);
    EXPECT_EQ(session.query<Staff>().count(), 0);
}

}  // namespace
