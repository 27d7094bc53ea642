// The claims of docs/from-sqlalchemy.md about relationships.
#include "support/log_capture.hpp"

#include <aludel/aludel.hpp>

#include <gmock/gmock.h>

using namespace aludel;
using namespace aludel::literals;

namespace relationship_differences {

struct Note;
struct Branch;

struct Desk {
    static constexpr auto table_name = "desks";
    Mapped<int, primary_key> id;
    Mapped<std::string> owner;
    Many<Note, back_populates("desk"), cascade("all, delete-orphan"), order_by("title desc, id")> notes;
    Keyed<Note, attribute_keyed("title"), viewonly> by_title;
    Many<Note, primaryjoin("desks.id == notes.desk_id && notes.kind == 'urgent'"), viewonly> urgent;
};

struct Note {
    static constexpr auto table_name = "notes";
    Mapped<int, primary_key> id;
    Mapped<std::string> title;
    Mapped<std::string> kind = "usual";
    Mapped<std::optional<int>, ForeignKey("desks.id")> desk_id;
    One<Desk> desk;
    Many<Branch, back_populates("note"), cascade("all")> branches;
};

struct Branch {
    static constexpr auto table_name = "branches";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("notes.id")> note_id;
    Mapped<std::optional<int>, ForeignKey("branches.id")> parent_id;
    One<Note> note;
    One<Branch> parent;  // many-to-one, without remote_side
};

struct Lamp {
    static constexpr auto table_name = "lamps";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("desks.id")> desk_id;
    One<Desk, cascade("none")> desk;
};

using Base = Registry<Desk, Note, Branch, Lamp>;

class RelationshipDifferences : public testing::Test {
  protected:
    RelationshipDifferences() { Base::metadata().create_all(engine); }

    test::LogCapture log;
    Engine engine = create_engine("sqlite://", {.echo = true, .log = log.sink()});
    Session session{engine};
};

TEST_F(RelationshipDifferences, bare_side_is_matched_with_the_one_that_names_it) {
    auto note = make(Note{.title = "a"});
    auto desk = make(Desk{.owner = "ed", .notes = {note}});
    EXPECT_EQ(note->desk, desk);
}

TEST_F(RelationshipDifferences, assigning_the_other_side_adds_nothing_to_the_session) {
    auto desk = session.add(Desk{.owner = "ed"});
    auto assigned = make(Note{.title = "a"});
    assigned->desk = desk;
    EXPECT_FALSE(session.contains(assigned));
    auto appended = make(Note{.title = "b"});
    desk->notes.append(appended);
    EXPECT_TRUE(session.contains(appended));
}

TEST_F(RelationshipDifferences, bare_self_reference_is_many_to_one) {
    auto root = make(Branch{});
    auto leaf = session.add(Branch{.parent = root});
    session.commit();
    EXPECT_EQ(*leaf->parent_id, *root->id);
    EXPECT_EQ(*root->parent_id, std::nullopt);
}

TEST_F(RelationshipDifferences, null_handle_in_a_collection_is_an_error) {
    auto desk = make(Desk{.owner = "ed"});
    EXPECT_THROW(desk->notes.append(Ptr<Note>()), InvalidRequestError);
    EXPECT_THROW(std::ignore = *Ptr<Note>(), InvalidRequestError);
    EXPECT_EQ(desk->notes.size(), 0u);
}

TEST_F(RelationshipDifferences, pending_orphan_takes_along_what_it_leads_to) {
    auto branch = make(Branch{});
    auto note = make(Note{.title = "a", .branches = {branch}});
    auto desk = session.add(Desk{.owner = "ed", .notes = {note}});
    desk->notes.remove(note);
    session.commit();
    EXPECT_FALSE(session.contains(note));
    EXPECT_FALSE(session.contains(branch));
    EXPECT_EQ(session.query<Branch>().count(), 0);
}

TEST_F(RelationshipDifferences, cascade_none_adds_nothing) {
    auto lamp = session.add(Lamp{.desk = Desk{.owner = "ed"}});
    EXPECT_FALSE(session.contains(lamp->desk.get()));
}

TEST_F(RelationshipDifferences, collections_have_the_calls_of_the_table) {
    auto desk = session.add(Desk{.owner = "ed"});
    const auto a = make(Note{.title = "a"}), b = make(Note{.title = "b", .kind = "urgent"}),
               c = make(Note{.title = "c"});
    desk->notes.extend(std::vector{a, b, c});
    EXPECT_EQ(desk->notes.pop(), c);
    desk->notes.insert(0, c);
    EXPECT_EQ(desk->notes[0], c);
    EXPECT_TRUE(desk->notes.contains(b));
    session.commit();

    EXPECT_EQ(desk->notes.all(), (std::vector{c, b, a}));  // order_by("title desc, id")
    EXPECT_EQ(desk->urgent.all(), std::vector{b});
    EXPECT_EQ(desk->by_title["a"], a);
    EXPECT_TRUE(desk->by_title.contains_key("b"));
    EXPECT_EQ(desk->by_title["x"], nullptr);
    a->desk = nullptr;
    EXPECT_TRUE(a->desk == nullptr && !a->desk);
}

TEST_F(RelationshipDifferences, queries_have_the_forms_of_the_table) {
    const auto other = aliased<Note>();
    const auto text = [](const auto& query) { return test::folded(query.str()); };
    const auto desks = session.query<Desk>();
    const std::string select = "SELECT desks.id AS desks_id, desks.owner AS desks_owner FROM desks ";
    EXPECT_EQ(text(desks.join(rel<&Desk::notes>)), select + "JOIN notes ON desks.id = notes.desk_id");
    EXPECT_EQ(text(desks.join("notes")), text(desks.join(rel<&Desk::notes>)));
    EXPECT_EQ(text(desks.full_join(rel<&Desk::notes>)), select + "FULL OUTER JOIN notes ON desks.id = notes.desk_id");
    EXPECT_EQ(text(desks.join(rel<&Desk::notes>.of_type(other))), text(desks.join(other, rel<&Desk::notes>)));
    EXPECT_EQ(text(desks.join(rel<&Desk::notes>.and_(col<&Note::title> != "x"))),
              select + "JOIN notes ON desks.id = notes.desk_id AND notes.title != ?");
}

}  // namespace relationship_differences
