// Notes, part 4: many-to-many, and many-to-many of a class with itself.
#include "seed000_related.hpp"

#include <aludel/sql/compile/ddl.hpp>
#include <aludel/sql/compile/to_string.hpp>

#include <sstream>
#include <type_traits>

namespace notes::related {
namespace {

const std::string select_tags_of_post =
    "SELECT tag.id AS tag_id, tag.name AS tag_name FROM tag, post_tag WHERE ? = post_tag.post_id AND tag.id = "
    "post_tag.tag_id";
const std::string select_posts_of_tag =
    "SELECT post.id AS post_id FROM post, post_tag WHERE ? = post_tag.tag_id AND post.id = post_tag.post_id";
const std::string select_staff = "SELECT staff.id AS staff_id, staff.name AS staff_name FROM staff";
const std::string select_up =
    select_staff + ", staff_up_obj WHERE ? = staff_up_obj.down_staff_id AND staff.id = staff_up_obj.up_staff_id";
const std::string select_down =
    select_staff + ", staff_up_obj WHERE ? = staff_up_obj.up_staff_id AND staff.id = staff_up_obj.down_staff_id";

std::string create_table(std::string_view table) {
    return test::folded(create_table_sql(Base::metadata().table(table), dialects::sqlite()));
}

/// The tables, and a session without autoflush, as the notes have it.
class Seed000Related : public Seed000 {
  protected:
    Seed000Related() {
        Base::metadata().create_all(engine);
        log();
    }
    static Lines only(const std::string& statement, const std::string& parameters) {
        return {statement, "    " + parameters};
    }

    Session session{engine, {.autoflush = false}};
};

/// The staff of the notes, committed: E has D and C above.
class Seed000Staff : public Seed000Related {
  protected:
    Seed000Staff() {
        e->up_staffs = {d, c};
        session.add_all(a, b, c, d, e);
    }

    const Ptr<Staff> a = make(Staff{.name = "staff_A"}), b = make(Staff{.name = "staff_B"}),
                     c = make(Staff{.name = "staff_C"}), d = make(Staff{.name = "staff_D"}),
                     e = make(Staff{.name = "staff_E"});
};

/// The posts of the notes: the first has both tags, the second one of them, the third none.
class Seed000Tags : public Seed000Related {
  protected:
    Seed000Tags() {
        p1->tags = {t1, t2};
        p2->tags = {t1};
        session.add_all(p1, p2, p3);
    }
    void commit() {
        session.commit();
        log();
    }

    const Ptr<Post> p1 = make(Post{}), p2 = make(Post{}), p3 = make(Post{});
    const Ptr<Tag> t1 = make(Tag("tA")), t2 = make(Tag("tB"));
};

TEST(Seed000RelatedModels, S0_052_relationships_and_association_tables_come_with_one_header) {
    static_assert(std::is_same_v<decltype(Post::tags)::target, Tag>);
    static_assert(std::is_same_v<decltype(Tag::posts)::target, Post>);
    EXPECT_EQ(Base::metadata().table("post_tag").name(), "post_tag");
}

TEST(Seed000RelatedModels, S0_053_association_table_needs_no_primary_key) {
    EXPECT_EQ(create_table("post_tag"),
              "CREATE TABLE post_tag ( post_id INTEGER, tag_id INTEGER, FOREIGN KEY(post_id) REFERENCES post (id), "
              "FOREIGN KEY(tag_id) REFERENCES tag (id) )");
}

TEST_F(Seed000, S0_054_foreign_key_may_refer_to_a_table_that_is_defined_later) {
    MetaData metadata;
    const Table link{"link", metadata, Column{"later_id", Integer, ForeignKey("later.id")}};
    const Table later{"later", metadata, Column{"id", Integer, primary_key}};
    metadata.create_all(engine);
    const auto statements = log_.statements();
    EXPECT_EQ(statements.at(statements.size() - 2), "CREATE TABLE later ( id INTEGER NOT NULL, PRIMARY KEY (id) )");
    EXPECT_EQ(statements.back(), "CREATE TABLE link ( later_id INTEGER, FOREIGN KEY(later_id) REFERENCES later (id) )");
}

TEST(Seed000RelatedModels, S0_055_type_with_and_without_arguments) {
    EXPECT_EQ(create_table("tag"), "CREATE TABLE tag ( id INTEGER NOT NULL, name VARCHAR(30), PRIMARY KEY (id) )");
    EXPECT_EQ(create_table("post"), "CREATE TABLE post ( id INTEGER NOT NULL, PRIMARY KEY (id) )");
}

TEST_F(Seed000Tags, S0_056_both_sides_of_a_many_to_many_agree) {
    EXPECT_EQ(shown(p1->tags.all()), "[tagname:tA, tagname:tB]");
    EXPECT_EQ(shown(t1->posts.all()).find(','), std::string("[<Title 0>").size());  // two posts without a number yet
    EXPECT_EQ(t2->posts.all(), std::vector{p1});
    EXPECT_EQ(log(), Lines{});
}

TEST_F(Seed000Related, S0_057_object_without_columns_is_inserted_with_default_values) {
    session.add(Post{});
    session.flush();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "INSERT INTO post DEFAULT VALUES", "    ()"}));
}

TEST_F(Seed000Related, S0_058_member_that_is_no_column_is_not_kept) {
    const auto post = session.add(Post{.title = "never stored"});
    session.commit();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "INSERT INTO post DEFAULT VALUES", "    ()", "COMMIT"}));
    EXPECT_EQ(post->title, "never stored");
    Session other{engine};
    EXPECT_EQ(other.query<Post>().one()->title, "");
}

TEST_F(Seed000Related, S0_059_parameter_of_a_constructor_that_is_no_column_is_not_kept) {
    session.add(Tag("tA", 5));
    session.flush();
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "INSERT INTO tag (name) VALUES (?)", "    ('tA',)"}));
}

TEST(Seed000RelatedModels, S0_060_association_table_with_a_key_and_two_references_to_one_table) {
    EXPECT_EQ(create_table("staff_up_obj"),
              "CREATE TABLE staff_up_obj ( id INTEGER NOT NULL, up_staff_id INTEGER, down_staff_id INTEGER, PRIMARY "
              "KEY (id), FOREIGN KEY(up_staff_id) REFERENCES staff (id) ON DELETE CASCADE, FOREIGN KEY(down_staff_id) "
              "REFERENCES staff (id) ON DELETE CASCADE )");
}

TEST_F(Seed000Staff, S0_061_rows_of_the_association_go_with_the_row_that_they_refer_to) {
    session.commit();
    session.execute(text("DELETE FROM staff WHERE name = 'staff_E'"));
    EXPECT_EQ(session.scalar(text("SELECT count(*) FROM staff_up_obj").columns<int>()), 0);
}

struct Unjoined {
    static constexpr auto table_name = "unjoined";
    Mapped<int, primary_key> id;
    Dynamic<Unjoined, secondary("unjoined_links")> others;
};

TEST_F(Seed000Related, S0_062_two_references_to_one_table_need_both_joins) {
    MetaData& metadata = Registry<Unjoined>::metadata();
    const Table links{"unjoined_links", metadata, Column{"a_id", Integer, ForeignKey("unjoined.id")},
                      Column{"b_id", Integer, ForeignKey("unjoined.id")}};
    metadata.create_all(engine);
    EXPECT_THROW(session.query<Unjoined>().filter(rel<&Unjoined::others>.any()).all(), AmbiguousForeignKeysError);
}

TEST(Seed000RelatedModels, S0_063_column_of_an_association_table_by_name) {
    EXPECT_EQ(to_string(staff_up_obj.c<int>("up_staff_id") == 3, dialects::sqlite()), "staff_up_obj.up_staff_id = ?");
}

TEST_F(Seed000, S0_064_drop_all_checks_every_table_and_drops_what_is_there_in_reverse_order) {
    Base::metadata().drop_all(engine);
    for (const auto& statement : log_.statements()) EXPECT_TRUE(statement.starts_with("PRAGMA ")) << statement;
    Base::metadata().create_all(engine);
    log();
    Base::metadata().drop_all(engine);
    Lines dropped;
    for (const auto& line : log())
        if (line.starts_with("DROP TABLE ")) dropped.push_back(line.substr(11));
    EXPECT_EQ(dropped, (Lines{"staff_up_obj", "post_tag", "staff", "tag", "post"}));
}

TEST_F(Seed000, S0_065_tables_are_created_before_those_that_refer_to_them) {
    Base::metadata().create_all(engine);
    Lines created;
    for (const auto& line : log())
        if (line.starts_with("CREATE TABLE ")) created.push_back(line.substr(13, line.find(" (") - 13));
    EXPECT_EQ(created, (Lines{"post", "tag", "staff", "post_tag", "staff_up_obj"}));
}

TEST_F(Seed000Related, S0_066_list_assigned_to_a_dynamic_relationship_of_a_new_object_waits_for_the_flush) {
    const auto e = make(Staff{.name = "staff_E"});
    e->up_staffs = {Staff{.name = "staff_D"}, Staff{.name = "staff_C"}};
    EXPECT_EQ(shown(e->up_staffs.all()), "[<Staff staff_C>, <Staff staff_D>]");
    EXPECT_EQ(object_state(e), ObjectState::transient);
    EXPECT_EQ(log(), Lines{});
}

TEST_F(Seed000Staff, S0_067_cascade_along_the_other_side_decides_the_order_of_the_inserts) {
    session.flush();
    auto lines = log();
    lines.resize(11);
    const std::string insert = "INSERT INTO staff (name) VALUES (?)";
    EXPECT_EQ(lines, (Lines{"BEGIN (implicit)", insert, "    ('staff_A',)", insert, "    ('staff_B',)", insert,
                            "    ('staff_C',)", insert, "    ('staff_E',)", insert, "    ('staff_D',)"}));
    EXPECT_EQ(*e->id, 4);
    EXPECT_EQ(*d->id, 5);
}

TEST_F(Seed000Staff, S0_068_rows_of_the_association_are_written_at_once) {
    session.flush();
    const auto lines = log();
    ASSERT_EQ(lines.size(), 13u);
    EXPECT_EQ(lines[11], "INSERT INTO staff_up_obj (up_staff_id, down_staff_id) VALUES (?, ?)");
    EXPECT_TRUE(lines[12] == "    ((5, 4), (3, 4))" || lines[12] == "    ((3, 4), (5, 4))") << lines[12];
}

TEST_F(Seed000Staff, S0_069_association_rows_have_the_foreign_keys_only_and_number_themselves) {
    session.commit();
    EXPECT_EQ(session.scalar(text("SELECT group_concat(id) FROM staff_up_obj").columns<std::string>()), "1,2");
}

TEST_F(Seed000Staff, S0_070_query_of_a_class_yields_its_objects) {
    session.commit();
    log();
    const auto all = session.query<Staff>().all();
    static_assert(std::is_same_v<decltype(all), const std::vector<Ptr<Staff>>>);
    EXPECT_EQ(all.size(), 5u);
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", select_staff, "    ()"}));
}

TEST_F(Seed000Staff, S0_071_dynamic_relationship_is_a_query) {
    session.flush();
    log();
    EXPECT_EQ(shown(e->up_staffs.all()), "[<Staff staff_C>, <Staff staff_D>]");
    EXPECT_EQ(log(), only(select_up, "(4,)"));
}

TEST_F(Seed000Staff, S0_072_other_side_has_the_joins_swapped) {
    session.flush();
    log();
    EXPECT_EQ(shown(c->down_staffs.all()), "[<Staff staff_E>]");
    EXPECT_EQ(log(), only(select_down, "(3,)"));
}

TEST_F(Seed000Staff, S0_073_what_the_notes_print) {
    session.commit();
    Lines printed;
    for (const auto& staff : session.query<Staff>())
        printed.push_back(shown(std::vector{staff}) + ' ' + shown(staff->up_staffs.all()) + ' ' +
                          shown(staff->down_staffs.all()));
    EXPECT_EQ(
        printed,
        (Lines{"[<Staff staff_A>] [] []", "[<Staff staff_B>] [] []", "[<Staff staff_C>] [] [<Staff staff_E>]",
               "[<Staff staff_E>] [<Staff staff_C>, <Staff staff_D>] []", "[<Staff staff_D>] [] [<Staff staff_E>]"}));
}

TEST_F(Seed000Tags, S0_074_posts_then_tags_then_their_pairs) {
    session.commit();
    const std::string insert_post = "INSERT INTO post DEFAULT VALUES", insert_tag = "INSERT INTO tag (name) VALUES (?)";
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", insert_post, "    ()", insert_post, "    ()", insert_post, "    ()",
                            insert_tag, "    ('tA',)", insert_tag, "    ('tB',)",
                            "INSERT INTO post_tag (post_id, tag_id) VALUES (?, ?)", "    ((1, 1), (1, 2), (2, 1))",
                            "COMMIT"}));
}

TEST_F(Seed000Tags, S0_075_tags_are_added_with_their_posts) {
    EXPECT_EQ(object_state(t1), ObjectState::pending);
    EXPECT_EQ(object_state(t2), ObjectState::pending);
    session.flush();
    EXPECT_EQ(*t2->id, 2);
}

TEST(Seed000RelatedModels, S0_076_type_of_a_dynamic_relationship) {
    static_assert(std::is_same_v<decltype(std::declval<Post>().tags.query()), Query<Tag>>);
    static_assert(std::is_same_v<decltype(std::declval<Post>().tags.filter()), Query<Tag>>);
}

struct Listed {
    static constexpr auto table_name = "listed";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("listed.id")> above_id;
    Many<Listed> below;
};

TEST_F(Seed000Related, S0_077_relationship_that_is_not_dynamic_is_a_list) {
    Registry<Listed>::metadata().create_all(engine);
    const auto top = session.add(Listed{.below = {Listed{}, Listed{}}});
    session.commit();
    log();
    EXPECT_EQ(top->below.size(), 2u);
    EXPECT_EQ(
        log_.statements().back(),
        "SELECT listed.id AS listed_id, listed.above_id AS listed_above_id FROM listed WHERE ? = listed.above_id");
    log();
    EXPECT_EQ(*top->below[1]->id, 3);
    EXPECT_EQ(log(), Lines{});
}

TEST_F(Seed000Tags, S0_078_tags_of_each_post) {
    commit();
    Lines printed;
    for (const auto& post : session.query<Post>()) printed.push_back(shown(post->tags.all()));
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "SELECT post.id AS post_id FROM post", "    ()", select_tags_of_post,
                            "    (1,)", select_tags_of_post, "    (2,)", select_tags_of_post, "    (3,)"}));
    EXPECT_EQ(printed, (Lines{"[tagname:tA, tagname:tB]", "[tagname:tA]", "[]"}));
}

TEST_F(Seed000Tags, S0_079_posts_of_each_tag) {
    commit();
    Lines printed;
    for (const auto& tag : session.query<Tag>()) printed.push_back(shown(tag->posts.all()));
    EXPECT_EQ(log(), (Lines{"BEGIN (implicit)", "SELECT tag.id AS tag_id, tag.name AS tag_name FROM tag", "    ()",
                            select_posts_of_tag, "    (1,)", select_posts_of_tag, "    (2,)"}));
    EXPECT_EQ(printed, (Lines{"[<Title 1>, <Title 2>]", "[<Title 1>]"}));
}

TEST_F(Seed000Tags, S0_080_dynamic_relationship_prints_its_sql) {
    commit();
    std::ostringstream out;
    out << p1->tags.query();
    EXPECT_EQ(test::folded(out.str()), select_tags_of_post);
}

TEST_F(Seed000Tags, S0_081_dynamic_relationship_filters_counts_appends_and_removes) {
    commit();
    session.query<Post>().all();
    log();
    EXPECT_EQ(shown(p1->tags.filter(col<&Tag::name> == "tB").all()), "[tagname:tB]");
    EXPECT_EQ(log(), only(select_tags_of_post + " AND tag.name = ?", "(1, 'tB')"));
    EXPECT_EQ(p1->tags.count(), 2);
    EXPECT_EQ(log(), only("SELECT count(*) AS count_1 FROM (" + select_tags_of_post + ") AS anon_1", "(1,)"));
    p1->tags.append(Tag("tC"));
    session.flush();
    EXPECT_EQ(log(), (Lines{"INSERT INTO tag (name) VALUES (?)", "    ('tC',)",
                            "INSERT INTO post_tag (post_id, tag_id) VALUES (?, ?)", "    (1, 3)"}));
    session.query<Tag>().all();
    log();
    p1->tags.remove(t1);
    session.flush();
    EXPECT_EQ(log(), only("DELETE FROM post_tag WHERE post_tag.post_id = ? AND post_tag.tag_id = ?", "(1, 1)"));
}

TEST_F(Seed000Staff, S0_082_deleted_object_takes_its_association_rows_of_both_sides_with_it) {
    session.commit();
    log();
    session.delete_(e);
    session.commit();
    const auto lines = log();
    ASSERT_EQ(lines.size(), 12u);
    EXPECT_EQ(Lines(lines.begin(), lines.begin() + 8),
              (Lines{"BEGIN (implicit)", select_staff + " WHERE staff.id = ?", "    (4,)", select_up, "    (4,)",
                     select_down, "    (4,)",
                     "DELETE FROM staff_up_obj WHERE staff_up_obj.up_staff_id = ? AND staff_up_obj.down_staff_id = "
                     "?"}));
    EXPECT_TRUE(lines[8] == "    ((5, 4), (3, 4))" || lines[8] == "    ((3, 4), (5, 4))") << lines[8];
    EXPECT_EQ(Lines(lines.begin() + 9, lines.end()),
              (Lines{"DELETE FROM staff WHERE staff.id = ?", "    (4,)", "COMMIT"}));
}

}  // namespace
}  // namespace notes::related
