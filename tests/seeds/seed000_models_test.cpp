// Notes, part 2: the models and their tables.
#include "seed000.hpp"

#include <aludel/sql/compile/ddl.hpp>

#include <sstream>

using namespace aludel;
using ::testing::Test;

namespace notes {
namespace {

std::string create_table(std::string_view table, const Dialect& dialect = dialects::sqlite()) {
    return test::folded(create_table_sql(Base::metadata().table(table), dialect));
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Seed000Models, S0_012_upper_case_types_render_verbatim) {
    MetaData metadata;
    const Table table{"t",
                      metadata,
                      Column{"a", TEXT},
                      Column{"b", Text},
                      Column{"c", TIMESTAMP},
                      Column{"d", DateTime},
                      Column{"e", Integer},
                      Column{"f", String(30)},
                      Column{"g", Boolean}};
    EXPECT_EQ(test::folded(create_table_sql(table, dialects::sqlite())),
              "CREATE TABLE t ( a TEXT, b TEXT, c TIMESTAMP, d DATETIME, e INTEGER, f VARCHAR(30), g BOOLEAN )");
}

TEST(Seed000Models, S0_013_table_name_is_quoted_where_it_is_a_reserved_word) {
    EXPECT_EQ(mapper<User>().table().name(), "user");
    EXPECT_TRUE(create_table("user").starts_with("CREATE TABLE user ("));
    EXPECT_TRUE(create_table("user", dialects::postgresql()).starts_with("CREATE TABLE \"user\" ("));
    EXPECT_TRUE(create_table("user", dialects::mysql()).starts_with("CREATE TABLE user ("));
}

TEST_F(Seed000, S0_014_generated_integer_key_is_read_back) {
    EXPECT_TRUE(has(create_table("user"), "id INTEGER NOT NULL,"));
    EXPECT_TRUE(has(create_table("user"), "PRIMARY KEY (id)"));
    EXPECT_FALSE(has(create_table("user"), "AUTOINCREMENT"));

    Base::metadata().create_all(engine);
    Session session{engine};
    const auto ed = session.add(User{.name = "ed", .password = "pw1"});
    const auto wendy = session.add(User{.name = "wendy", .password = "pw2"});
    session.flush();
    log();
    EXPECT_EQ(*ed->id, 1);
    EXPECT_EQ(*wendy->id, 2);
    EXPECT_EQ(log(), Lines{});  // the key came with the INSERT
}

TEST(Seed000Models, S0_015_string_of_a_length_unique_and_not_null) {
    EXPECT_TRUE(has(create_table("user"), "name VARCHAR(20) NOT NULL,"));
    EXPECT_TRUE(has(create_table("user"), ", UNIQUE (name) )"));
}

TEST(Seed000Models, S0_016_text_not_null) { EXPECT_TRUE(has(create_table("user"), "password TEXT NOT NULL,")); }

TEST_F(Seed000, S0_017_default_of_the_program_is_no_default_of_the_schema) {
    EXPECT_TRUE(has(create_table("user"), "admin BOOLEAN, PRIMARY KEY"));
    Base::metadata().create_all(engine);
    Session session{engine};
    session.add(User{.name = "ed", .password = "pw1"});
    session.add(User{.name = "wendy", .password = "pw2", .admin = true});
    session.add(User{.name = "jack", .password = "pw3", .admin = std::nullopt});
    log();
    session.flush();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", insert_user, "    ('ed', 'pw1', 0)", insert_user,
                            "    ('wendy', 'pw2', 1)", insert_user, "    ('jack', 'pw3', None)"}));
}

TEST(Seed000Models, S0_018_create_table_user) { EXPECT_EQ(create_table("user"), create_user); }

/// A class with a constructor of its own.
class Member {
  public:
    static constexpr auto table_name = "member";
    static inline int constructed = 0;

    Member() = default;
    explicit Member(std::string with_name, std::string with_password = "", bool is_admin = false)
        : name(std::move(with_name)), password(std::move(with_password)), admin(is_admin) {
        ++constructed;
    }

    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
    Mapped<std::string, TEXT> password;
    Mapped<bool> admin;
    using mapped = Members<&Member::id, &Member::name, &Member::password, &Member::admin>;
};

TEST_F(Seed000, S0_019_rows_that_are_loaded_do_not_run_the_constructor_with_arguments) {
    Registry<Member>::metadata().create_all(engine);
    Session session{engine};
    session.add_all(Member("ed", "pw1"), Member("wendy", "pw2", true));
    session.commit();
    session.close();
    const int before = Member::constructed;
    EXPECT_EQ(before, 2);

    log();
    const auto members = session.query<Member>().order_by(col<&Member::id>).all();
    ASSERT_EQ(members.size(), 2u);
    EXPECT_EQ(*members[1]->name, "wendy");
    EXPECT_TRUE(*members[1]->admin);
    EXPECT_EQ(Member::constructed, before);
    EXPECT_EQ(log(),
              (Lines{"BEGIN (implicit)",
                     "SELECT member.id AS member_id, member.name AS member_name, member.password AS member_password, "
                     "member.admin AS member_admin FROM member ORDER BY member.id",
                     "    ()"}));
}

TEST(Seed000Models, S0_020_objects_print_themselves) {
    std::ostringstream out;
    out << User{.name = "ed"} << ' ' << make(User{.name = "wendy"}) << ' ' << make(Post{.title = "t1"});
    EXPECT_EQ(out.str(), "<User 'ed'> <User 'wendy'> <Title 't1'>");
}

TEST(Seed000Models, S0_021_foreign_key_by_table_and_column) {
    EXPECT_TRUE(has(create_table("post"), "author_id INTEGER NOT NULL,"));
    EXPECT_TRUE(has(create_table("post"), "FOREIGN KEY(author_id) REFERENCES user (id)"));
}

TEST_F(Seed000, S0_022_sql_function_as_default_is_written_into_the_insert) {
    EXPECT_TRUE(has(create_table("post"), "created TIMESTAMP NOT NULL, latest_update TIMESTAMP NOT NULL,"));
    EXPECT_FALSE(has(create_table("post"), "DEFAULT"));

    Base::metadata().create_all(engine);
    Session session{engine};
    session.add(User{.name = "ed", .password = "pw1"});
    session.flush();
    const auto before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto post = session.add(Post{.author_id = 1, .title = "t1", .body = "b1"});
    log();
    session.flush();
    EXPECT_EQ(log(), (Lines{insert_post, "    (1, 't1', 'b1')"}));
    EXPECT_GE(*post->created, before);  // what the database computed is read when it is used
    EXPECT_LE(*post->created, std::chrono::system_clock::now());
}

TEST(Seed000Models, S0_023_title_and_body) {
    EXPECT_TRUE(has(create_table("post"), "title VARCHAR(80) NOT NULL, body TEXT NOT NULL,"));
}

TEST(Seed000Models, S0_024_create_table_post) { EXPECT_EQ(create_table("post"), create_post); }

/// In the wrong order on purpose.
struct Child {
    static constexpr auto table_name = "child";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("parent.id")> parent_id;
};
struct Parent {
    static constexpr auto table_name = "parent";
    Mapped<int, primary_key> id;
};

TEST_F(Seed000, S0_025_tables_are_created_in_the_order_of_their_foreign_keys) {
    const auto order = [](const MetaData& metadata) {
        Lines found;
        for (const TableInfo* table : metadata.sorted_tables()) found.push_back(std::string(table->name()));
        return found;
    };
    EXPECT_EQ(order(Base::metadata()), (Lines{"user", "post"}));
    EXPECT_EQ(order(Registry<Child, Parent>::metadata()), (Lines{"parent", "child"}));
    Registry<Child, Parent>::metadata().create_all(engine);
    const auto statements = log_.statements();
    ASSERT_GE(statements.size(), 2u);
    EXPECT_TRUE(statements[statements.size() - 2].starts_with("CREATE TABLE parent ("));
    EXPECT_TRUE(statements.back().starts_with("CREATE TABLE child ("));
}

}  // namespace
}  // namespace notes
