// The tutorial, section 14: posts and their keywords.
#include "seed004.hpp"

#include <aludel/sql/compile/ddl.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace tutorial {
namespace {

std::string create_table(std::string_view table) {
    return test::folded(create_table_sql(Base::metadata().table(table), dialects::sqlite()));
}

const std::string create_posts =
    "CREATE TABLE posts ( id INTEGER NOT NULL, user_id INTEGER, headline VARCHAR(255) NOT NULL, body TEXT, PRIMARY KEY "
    "(id), FOREIGN KEY(user_id) REFERENCES users (id) )";
const std::string create_keywords =
    "CREATE TABLE keywords ( id INTEGER NOT NULL, keyword VARCHAR(50) NOT NULL, PRIMARY KEY (id), UNIQUE (keyword) )";
const std::string create_post_keywords =
    "CREATE TABLE post_keywords ( post_id INTEGER NOT NULL, keyword_id INTEGER NOT NULL, PRIMARY KEY (post_id, "
    "keyword_id), FOREIGN KEY(post_id) REFERENCES posts (id), FOREIGN KEY(keyword_id) REFERENCES keywords (id) )";
const std::string select_posts =
    "SELECT posts.id AS posts_id, posts.user_id AS posts_user_id, posts.headline AS posts_headline, posts.body AS "
    "posts_body FROM posts";
const std::string any_firstpost =
    "EXISTS (SELECT 1 FROM post_keywords, keywords WHERE posts.id = post_keywords.post_id AND keywords.id = "
    "post_keywords.keyword_id AND keywords.keyword = ?)";
const std::string post_printed =
    "BlogPost(\"Wendy's Blog Post\", 'This is a test', <User(name='wendy', fullname='Wendy Williams', "
    "password='foobar')>)";

TEST(Seed004Tables, S4_088_column_without_a_type_has_that_of_its_foreign_key) {
    EXPECT_NE(create_table("post_keywords").find("( post_id INTEGER NOT NULL,"), std::string::npos);
}

TEST(Seed004Tables, S4_089_association_table_has_no_class_and_the_foreign_keys_only) {
    const auto& table = Base::metadata().table("post_keywords");
    ASSERT_EQ(table.columns().size(), 2u);
    EXPECT_EQ(table.columns()[0].name(), "post_id");
    EXPECT_EQ(table.columns()[1].name(), "keyword_id");
}

TEST(Seed004Tables, S4_090_columns_and_keywords_of_a_post) {
    EXPECT_EQ(create_table("posts"), create_posts);
    static_assert(std::is_same_v<decltype(BlogPost::keywords)::target, Keyword>);
}

/// Wendy, and a post of hers with two keywords that no statement has written.
class Seed004Posts : public Seed004 {
  protected:
    Seed004Posts() { begin_with_users<Base, User>(); }

    void write_post() {
        wendy = session.query<User>().filter_by("name"_a = "wendy").one();
        post = session.add(BlogPost{.headline = "Wendy's Blog Post", .body = "This is a test", .author = wendy});
        post->keywords.append(Keyword{.keyword = "wendy"});
        post->keywords.append(Keyword{.keyword = "firstpost"});
    }
    auto with_firstpost() {
        return session.query<BlogPost>().filter(rel<&BlogPost::keywords>.any("keyword"_a = "firstpost"));
    }

    Ptr<User> wendy;
    Ptr<BlogPost> post;
};

TEST_F(Seed004Posts, S4_091_relationship_is_initialised_like_a_column) {
    const auto author = session.query<User>().get(2);
    log();
    const auto made = make(BlogPost{.headline = "h", .body = "b", .author = author});
    EXPECT_TRUE(made->author == author);
    EXPECT_EQ(object_state(made), ObjectState::transient);
    EXPECT_EQ(log(), Lines{});
}

TEST_F(Seed004Posts, S4_092_keywords_are_unique) {
    EXPECT_EQ(create_table("keywords"), create_keywords);
    session.add_all(Keyword{.keyword = "twice"}, Keyword{.keyword = "twice"});
    EXPECT_THROW(session.flush(), IntegrityError);
    session.rollback();
}

TEST_F(Seed004Posts, S4_093_target_is_a_class) {
    static_assert(std::is_same_v<decltype(BlogPost::author)::target, User>);
    write_post();
    EXPECT_EQ(printed(post->author), "<User(name='wendy', fullname='Wendy Williams', password='foobar')>");
}

TEST_F(Seed004Posts, S4_094_other_side_is_dynamic) {
    static_assert(std::is_same_v<decltype(std::declval<User>().posts.query()), Query<BlogPost>>);
    write_post();
    EXPECT_EQ(wendy->posts.all(), std::vector{post});
}

TEST_F(Seed004, S4_095_tables_are_created_in_one_transaction) {
    Base::metadata().create_all(engine);
    Lines created;
    const auto lines = log();
    for (const auto& line : lines)
        if (line.starts_with("CREATE TABLE ")) created.push_back(line.substr(13, line.find(" (") - 13));
    EXPECT_EQ(created, (Lines{"users", "keywords", "addresses", "posts", "post_keywords"}));
    EXPECT_EQ(std::count(lines.begin(), lines.end(), "COMMIT"), 1);
    EXPECT_EQ(lines.back(), "COMMIT");
}

TEST_F(Seed004, S4_096_table_of_posts) {
    Base::metadata().create_all(engine);
    const auto statements = log_.statements();
    EXPECT_EQ(std::count(statements.begin(), statements.end(), create_posts), 1);
}

TEST_F(Seed004, S4_097_table_of_pairs) {
    Base::metadata().create_all(engine);
    EXPECT_EQ(log_.statements().back(), create_post_keywords);
}

TEST_F(Seed004, S4_098_tables_are_looked_for_first) {
    Base::metadata().create_all(engine);
    const auto lines = log();
    for (const char* table : {"users", "addresses", "posts", "keywords", "post_keywords"}) {
        const std::string argument = std::string("(\"") + table + "\")";
        EXPECT_EQ(std::count(lines.begin(), lines.end(), "PRAGMA main.table_info" + argument), 1) << table;
        EXPECT_EQ(std::count(lines.begin(), lines.end(), "PRAGMA temp.table_info" + argument), 1) << table;
    }
}

TEST_F(Seed004Posts, S4_099_value_with_an_apostrophe) {
    write_post();
    session.commit();
    EXPECT_EQ(session.query(col<&BlogPost::headline>).scalar(), "Wendy's Blog Post");
}

TEST_F(Seed004Posts, S4_100_keywords_are_appended) {
    write_post();
    EXPECT_EQ(post->keywords.size(), 2u);
    EXPECT_EQ(*post->keywords[1]->keyword, "firstpost");
    EXPECT_TRUE(post->keywords[1]->posts.contains(post));
    EXPECT_EQ(object_state(post->keywords[0]), ObjectState::pending);
}

TEST_F(Seed004Posts, S4_101_keywords_come_before_posts_and_pairs_last) {
    write_post();
    log();
    with_firstpost().all();
    auto lines = log();
    ASSERT_EQ(lines.size(), 10u);
    lines.resize(8);
    EXPECT_TRUE(lines[7] == "    ((1, 1), (1, 2))" || lines[7] == "    ((1, 2), (1, 1))") << lines[7];
    lines.pop_back();
    EXPECT_EQ(lines, (Lines{"INSERT INTO keywords (keyword) VALUES (?)", "    ('wendy',)",
                            "INSERT INTO keywords (keyword) VALUES (?)", "    ('firstpost',)",
                            "INSERT INTO posts (user_id, headline, body) VALUES (?, ?, ?)",
                            "    (2, \"Wendy's Blog Post\", 'This is a test')",
                            "INSERT INTO post_keywords (post_id, keyword_id) VALUES (?, ?)"}));
}

TEST_F(Seed004Posts, S4_102_any_over_the_association_table) {
    write_post();
    session.flush();
    log();
    with_firstpost().all();
    EXPECT_EQ(log(), only(select_posts + " WHERE " + any_firstpost, "('firstpost',)"));
}

TEST_F(Seed004Posts, S4_103_result_prints_as_the_tutorial_has_it) {
    write_post();
    EXPECT_EQ(all_printed(with_firstpost().all()), Lines{post_printed});
}

TEST_F(Seed004Posts, S4_104_author_and_keyword) {
    write_post();
    session.flush();
    log();
    const auto found = session.query<BlogPost>()
                           .filter(rel<&BlogPost::author> == wendy)
                           .filter(rel<&BlogPost::keywords>.any("keyword"_a = "firstpost"))
                           .all();
    EXPECT_EQ(log(), only(select_posts + " WHERE ? = posts.user_id AND (" + any_firstpost + ")", "(2, 'firstpost')"));
    EXPECT_EQ(all_printed(found), Lines{post_printed});
}

TEST_F(Seed004Posts, S4_105_dynamic_relationship_narrowed_is_the_same_statement) {
    write_post();
    session.flush();
    log();
    const auto found = wendy->posts.filter(rel<&BlogPost::keywords>.any("keyword"_a = "firstpost")).all();
    EXPECT_EQ(log(), only(select_posts + " WHERE ? = posts.user_id AND (" + any_firstpost + ")", "(2, 'firstpost')"));
    EXPECT_EQ(all_printed(found), Lines{post_printed});
}

TEST_F(Seed004Posts, S4_106_dynamic_relationship_never_loads_all_posts) {
    write_post();
    session.commit();
    session.query<User>().filter_by("name"_a = "wendy").one();
    log();
    EXPECT_TRUE(wendy->posts.filter(col<&BlogPost::headline> == "another").all().empty());
    EXPECT_EQ(log(), only(select_posts + " WHERE ? = posts.user_id AND posts.headline = ?", "(2, 'another')"));
}

}  // namespace
}  // namespace tutorial
