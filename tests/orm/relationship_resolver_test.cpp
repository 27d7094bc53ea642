// From what a class says about its relationships to what the library knows about them.
#include "orm/rel_models.hpp"

#include "orm/relationship.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace aludel::test::related {

namespace {

using detail::CascadeKind;
using detail::Direction;
using detail::LazyStrategy;
using detail::PassiveDeletes;
using detail::Relationship;
using detail::relationships_of;
using ::testing::AllOf;
using ::testing::HasSubstr;

template <class T>
const Relationship& named(std::string_view name) {
    Base::metadata();
    return detail::relationship_named(mapper<T>(), name);
}

/// The condition between the classes' own tables.
std::string condition(const Relationship& relationship) {
    const NodeRef association = relationship.secondary() ? table_node(*relationship.secondary()) : NodeRef{};
    const NodeRef owner = table_node(relationship.owner().table());
    const NodeRef target =
        relationship.is_self_referential() ? alias_of(owner, "other") : table_node(relationship.target().table());
    return to_string(whole_condition(relationship, {owner, target, association}));
}

/// What resolving the relationships of the first class says; all tables are in one MetaData.
template <class First, class... Rest>
std::string resolution_of(const std::vector<Ref<TableInfo>>& more = {}) {
    MetaData metadata;
    for (const Mapper* each : {&mapper<First>(), &mapper<Rest>()...}) {
        metadata.add(each->table_ref());
    }
    for (const auto& table : more) {
        metadata.add(table);
    }
    std::string said;
    try {
        (void)relationships_of(mapper<First>());
        said = "no error";
    } catch (const Error& error) {
        said = error.message();
    }
    for (const Mapper* each : {&mapper<First>(), &mapper<Rest>()...}) {
        metadata.remove(each->table());
    }
    return said;
}

// ---- directions

TEST(RelationshipResolver, foreign_key_gives_direction_and_condition) {
    const Relationship& addresses = named<User>("addresses");
    const Relationship& user = named<Address>("user");
    EXPECT_EQ(addresses.direction(), Direction::one_to_many);
    EXPECT_EQ(user.direction(), Direction::many_to_one);
    EXPECT_EQ(condition(addresses), "users.id = addresses.user_id");
    EXPECT_EQ(condition(user), "users.id = addresses.user_id");
    ASSERT_EQ(addresses.pairs().size(), 1U);
    EXPECT_EQ(addresses.pairs()[0].owner->name(), "id");
    EXPECT_EQ(addresses.pairs()[0].target->name(), "user_id");
    EXPECT_EQ(user.pairs()[0].owner->name(), "user_id");
    EXPECT_TRUE(user.uses_get());
    EXPECT_FALSE(addresses.uses_get());
    EXPECT_EQ(addresses.full_name(), "User.addresses");
}

TEST(RelationshipResolver, one_of_the_class_without_key_is_one_to_one) {
    EXPECT_EQ(named<User>("profile").direction(), Direction::one_to_many);
    EXPECT_FALSE(named<User>("profile").is_collection());
}

TEST(RelationshipResolver, composite_foreign_key_keeps_its_order) {
    EXPECT_EQ(condition(named<Ticket>("seat")), "seats.row = tickets.seat_row AND seats.place = tickets.seat_place");
    EXPECT_TRUE(named<Ticket>("seat").uses_get());
}

TEST(RelationshipResolver, single_reference_to_its_own_class_is_many_to_one) {
    EXPECT_EQ(named<Node>("parent").direction(), Direction::many_to_one);
    EXPECT_EQ(named<Node>("children").direction(), Direction::one_to_many);
    EXPECT_EQ(condition(named<Node>("parent")), "other.id = nodes.parent_id");
    EXPECT_EQ(condition(named<Node>("children")), "nodes.id = other.parent_id");
}

TEST(RelationshipResolver, association_table_is_written_on_one_side) {
    const Relationship& keywords = named<Post>("keywords");
    const Relationship& posts = named<Keyword>("posts");
    EXPECT_EQ(keywords.direction(), Direction::many_to_many);
    EXPECT_EQ(posts.direction(), Direction::many_to_many);
    EXPECT_EQ(keywords.secondary(), posts.secondary());
    EXPECT_EQ(condition(keywords), "posts.id = post_keywords.post_id AND keywords.id = post_keywords.keyword_id");
    EXPECT_EQ(condition(posts), "keywords.id = post_keywords.keyword_id AND posts.id = post_keywords.post_id");
    EXPECT_EQ(posts.owner_pairs()[0].association->name(), "keyword_id");
}

TEST(RelationshipResolver, joins_of_the_other_side_are_taken_over_swapped) {
    EXPECT_EQ(condition(named<Staff>("up")), "staff.id = staff_up.down_id AND other.id = staff_up.up_id");
    EXPECT_EQ(condition(named<Staff>("down")), "staff.id = staff_up.up_id AND other.id = staff_up.down_id");
}

// ---- other sides

TEST(RelationshipResolver, other_side_is_found_by_name_or_by_its_join) {
    EXPECT_EQ(named<User>("addresses").reverse(), &named<Address>("user"));
    EXPECT_EQ(named<Address>("user").reverse(), &named<User>("addresses"));
    EXPECT_EQ(named<User>("profile").reverse(), &named<Profile>("user"));
    EXPECT_EQ(named<Keyword>("posts").reverse(), &named<Post>("keywords"));
    EXPECT_EQ(named<Node>("children").reverse(), &named<Node>("parent"));
    EXPECT_EQ(named<Staff>("down").reverse(), &named<Staff>("up"));
    EXPECT_EQ(named<Post>("author").reverse(), &named<User>("posts"));
}

namespace linked_list {
struct Item {
    static constexpr auto table_name = "items";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("items.id")> previous_id;
    One<Item, remote_side("id")> previous;
    One<Item> next;
};
}  // namespace linked_list

TEST(RelationshipResolver, two_single_references_of_one_key_are_the_ends_of_it) {
    EXPECT_EQ(resolution_of<linked_list::Item>(), "no error");
    const auto relationships = relationships_of(mapper<linked_list::Item>());
    EXPECT_EQ(relationships[0].direction(), Direction::many_to_one);
    EXPECT_EQ(relationships[1].direction(), Direction::one_to_many);
    EXPECT_EQ(relationships[0].reverse(), &relationships[1]);
}

namespace two_keys {
struct Person;
struct Letter {
    static constexpr auto table_name = "letters";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("people.id")> sender_id;
    Mapped<int, ForeignKey("people.id")> receiver_id;
    One<Person, foreign_keys("sender_id"), back_populates("sent")> sender;
    One<Person, foreign_keys("Letter.receiver_id"), back_populates("received")> receiver;
};
struct Person {
    static constexpr auto table_name = "people";
    Mapped<int, primary_key> id;
    Many<Letter> sent;
    Many<Letter> received;
};
struct Guesser;
struct Card {
    static constexpr auto table_name = "cards";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("guessers.id")> a_id;
    Mapped<int, ForeignKey("guessers.id")> b_id;
    One<Guesser> a;
};
struct Guesser {
    static constexpr auto table_name = "guessers";
    Mapped<int, primary_key> id;
};
struct Room;
struct Guest {
    static constexpr auto table_name = "guests";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("rooms.id")> a_id;
    Mapped<int, ForeignKey("rooms.id")> b_id;
    One<Room, foreign_keys("a_id")> a;
    One<Room, foreign_keys("b_id")> b;
};
struct Room {
    static constexpr auto table_name = "rooms";
    Mapped<int, primary_key> id;
    Many<Guest> guests;
};
}  // namespace two_keys

TEST(RelationshipResolver, foreign_keys_choose_among_several) {
    EXPECT_EQ((resolution_of<two_keys::Letter, two_keys::Person>()), "no error");
    const auto mine = relationships_of(mapper<two_keys::Letter>());
    const auto theirs = relationships_of(mapper<two_keys::Person>());
    EXPECT_EQ(condition(mine[0]), "people.id = letters.sender_id");
    EXPECT_EQ(condition(mine[1]), "people.id = letters.receiver_id");
    EXPECT_EQ(condition(theirs[1]), "people.id = letters.receiver_id");
    EXPECT_EQ(theirs[0].reverse(), &mine[0]);
    EXPECT_EQ(theirs[1].direction(), Direction::one_to_many);
}

TEST(RelationshipResolver, several_foreign_keys_without_choice_are_an_error_that_lists_them) {
    EXPECT_THAT((resolution_of<two_keys::Card, two_keys::Guesser>()),
                AllOf(HasSubstr("Could not determine join condition between parent/child tables on relationship Card.a "
                                "- there are multiple foreign key paths linking the tables. Specify the 'foreign_keys' "
                                "argument"),
                      HasSubstr("foreign_keys(\"cards.a_id\") or foreign_keys(\"cards.b_id\")")));
}

TEST(RelationshipResolver, several_other_sides_are_an_error_that_names_them) {
    EXPECT_THAT((resolution_of<two_keys::Room, two_keys::Guest>()),
                HasSubstr("Relationship Room.guests may be the other side of several: Guest.a and Guest.b; write "
                          "back_populates(\"guests\")"));
}

// ---- errors

namespace wrong {
struct Far {
    static constexpr auto table_name = "far";
    Mapped<int, primary_key> id;
};
struct Lonely {
    static constexpr auto table_name = "lonely";
    Mapped<int, primary_key> id;
    One<Far> far;
};
struct Twin {
    static constexpr auto table_name = "twins";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("twins.id")> other_id;
    Many<Twin, back_populates("second")> first;
    Many<Twin> second;
};
struct Child {
    static constexpr auto table_name = "children";
    Mapped<int, primary_key> id;
};
struct Backwards {
    static constexpr auto table_name = "backwards";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("children.id")> child_id;
    Many<Child> children;
};
struct Owner {
    static constexpr auto table_name = "owners";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("children.id")> child_id;
    One<Child, cascade("all, delete-orphan")> child;
};
struct SingleOwner {
    static constexpr auto table_name = "single_owners";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("children.id")> child_id;
    One<Child, cascade("all, delete-orphan"), single_parent> child;
};
struct Passive {
    static constexpr auto table_name = "passive";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("children.id")> child_id;
    One<Child, cascade("all"), passive_deletes("all")> child;
};
struct Watcher {
    static constexpr auto table_name = "watchers";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("children.id")> child_id;
    One<Child, cascade("all"), viewonly> child;
};
struct Unknown {
    static constexpr auto table_name = "unknown";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("children.id")> child_id;
    One<Child, back_populates("parents")> child;
};
struct NoSecondary {
    static constexpr auto table_name = "no_secondary";
    Mapped<int, primary_key> id;
    Many<Child, secondaryjoin("children.id == x.child_id")> children;
};
struct Pairless {
    static constexpr auto table_name = "pairless";
    Mapped<int, primary_key> id;
    Many<Child, secondary("links")> children;
};
struct BadText {
    static constexpr auto table_name = "bad_text";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("children.id")> child_id;
    One<Child, primaryjoin("children.id = bad_text.child_id")> child;
};
struct BadTable {
    static constexpr auto table_name = "bad_table";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("children.id")> child_id;
    One<Child, primaryjoin("kids.id == bad_table.child_id")> child;
};
struct BadOrder {
    static constexpr auto table_name = "bad_order";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("children.id")> child_id;
    One<Child, order_by("age")> child;
};
}  // namespace wrong

TEST(RelationshipResolver, no_foreign_key_says_what_to_write) {
    EXPECT_THAT((resolution_of<wrong::Lonely, wrong::Far>()),
                AllOf(HasSubstr("Could not determine join condition between parent/child tables on relationship "
                                "Lonely.far - there are no foreign keys linking these tables."),
                      HasSubstr("ForeignKey(\"far.…\")")));
}

TEST(RelationshipResolver, failure_is_thrown_again_at_the_next_use) {
    EXPECT_EQ((resolution_of<wrong::Lonely, wrong::Far>()), (resolution_of<wrong::Lonely, wrong::Far>()));
}

TEST(RelationshipResolver, both_sides_of_the_same_direction_are_refused) {
    EXPECT_THAT((resolution_of<wrong::Twin>()),
                HasSubstr("Twin.first and back-reference Twin.second are both of the same direction "
                          "symbol('ONETOMANY'). Did you mean to set remote_side on the many-to-one side ?"));
}

TEST(RelationshipResolver, collection_over_its_own_foreign_key_is_refused) {
    EXPECT_THAT((resolution_of<wrong::Backwards, wrong::Child>()),
                HasSubstr("Relationship Backwards.children is a collection, but its foreign key backwards.child_id "
                          "stands in its own table"));
}

TEST(RelationshipResolver, delete_orphan_from_the_many_side_needs_single_parent) {
    EXPECT_THAT((resolution_of<wrong::Owner, wrong::Child>()),
                HasSubstr("For many-to-one relationship Owner.child, delete-orphan cascade is normally configured only "
                          "on the \"one\" side"));
    EXPECT_EQ((resolution_of<wrong::SingleOwner, wrong::Child>()), "no error");
    const Relationship* found = detail::first_delete_orphan(mapper<wrong::Child>());
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->full_name(), "SingleOwner.child");
    EXPECT_EQ(detail::next_delete_orphan(*found), nullptr);
}

TEST(RelationshipResolver, cascades_that_contradict_other_options_are_refused) {
    EXPECT_THAT((resolution_of<wrong::Passive, wrong::Child>()),
                HasSubstr("On Passive.child, can't set passive_deletes(\"all\") in conjunction with 'delete' or "
                          "'delete-orphan' cascade"));
    EXPECT_THAT((resolution_of<wrong::Watcher, wrong::Child>()),
                HasSubstr("should not be combined with a viewonly relationship"));
}

TEST(RelationshipResolver, unknown_other_side_is_refused) {
    EXPECT_THAT((resolution_of<wrong::Unknown, wrong::Child>()),
                HasSubstr("Relationship Unknown.child names back_populates(\"parents\"), but class Child has no "
                          "relationship of that name; it has none"));
}

TEST(RelationshipResolver, association_tables_that_join_nothing_are_refused) {
    EXPECT_THAT((resolution_of<wrong::NoSecondary, wrong::Child>()),
                HasSubstr("Property NoSecondary.children specified with secondary join condition but no secondary "
                          "argument"));
    auto links = make_ref<TableInfo>("links");
    ColumnDraft draft;
    draft.name = "pairless_id";
    links->add_column(draft);
    EXPECT_THAT((resolution_of<wrong::Pairless, wrong::Child>({links})),
                HasSubstr("there are no foreign keys linking these tables via secondary table 'links'"));
}

TEST(RelationshipResolver, texts_that_say_nothing_are_quoted) {
    EXPECT_THAT((resolution_of<wrong::BadText, wrong::Child>()),
                HasSubstr("Relationship BadText.child: primaryjoin(\"children.id = bad_text.child_id\") has no "
                          "comparison in 'children.id = bad_text.child_id'"));
    EXPECT_THAT((resolution_of<wrong::BadTable, wrong::Child>()),
                HasSubstr("names a table or class 'kids' that has no part in it"));
    EXPECT_THAT((resolution_of<wrong::BadOrder, wrong::Child>()),
                HasSubstr("order_by(\"age\") names 'age', which is an attribute of neither class"));
}

namespace homeless {
struct Thing {
    static constexpr auto table_name = "things";
    Mapped<int, primary_key> id;
    One<Thing> self;
};
}  // namespace homeless

TEST(RelationshipResolver, class_without_registry_is_told_so) {
    try {
        (void)relationships_of(mapper<homeless::Thing>());
        FAIL();
    } catch (const InvalidRequestError& error) {
        EXPECT_THAT(error.message(), HasSubstr("class Thing belongs to no Registry"));
    }
}

// ---- options

namespace options {
struct Page;
struct Book {
    static constexpr auto table_name = "books";
    Mapped<int, primary_key> id;
    Mapped<std::string> title;
    Many<Page, back_populates("book"), order_by("number desc, id"), cascade("all, delete-orphan"), passive_deletes>
        pages;
    Many<Page, viewonly, primaryjoin("Book.id == pages.book_id && pages.kind == 'plate' && Page.number > 3")> plates;
};
struct Page {
    static constexpr auto table_name = "pages";
    Mapped<int, primary_key> id;
    Mapped<int> number;
    Mapped<std::string> kind;
    Mapped<int, ForeignKey("books.id")> book_id;
    One<Book, lazy("joined")> book;
};
}  // namespace options

TEST(RelationshipResolver, options_say_cascades_order_and_loading) {
    EXPECT_EQ((resolution_of<options::Book, options::Page>()), "no error");
    const auto book = relationships_of(mapper<options::Book>());
    const Relationship& pages = book[0];
    const Relationship& page_book = relationships_of(mapper<options::Page>())[0];
    for (const auto kind : {CascadeKind::save_update, CascadeKind::merge, CascadeKind::delete_,
                            CascadeKind::delete_orphan, CascadeKind::refresh_expire, CascadeKind::expunge}) {
        EXPECT_TRUE(pages.cascades(kind));
    }
    EXPECT_TRUE(page_book.cascades(CascadeKind::save_update));
    EXPECT_TRUE(page_book.cascades(CascadeKind::merge));
    EXPECT_FALSE(page_book.cascades(CascadeKind::delete_));
    EXPECT_EQ(page_book.lazy(), LazyStrategy::joined);
    EXPECT_EQ(pages.lazy(), LazyStrategy::select);
    EXPECT_EQ(pages.passive_deletes(), PassiveDeletes::on);
    const auto order = pages.order_by(table_node(pages.target().table()));
    ASSERT_EQ(order.size(), 2U);
    EXPECT_EQ(to_string(order[0]), "pages.number DESC");
    EXPECT_EQ(to_string(order[1]), "pages.id");
    EXPECT_EQ(named<User>("posts").lazy(), LazyStrategy::dynamic);
}

TEST(RelationshipResolver, viewonly_side_stays_alone_and_may_compare_with_literals) {
    ASSERT_EQ((resolution_of<options::Book, options::Page>()), "no error");
    const Relationship& plates = relationships_of(mapper<options::Book>())[1];
    EXPECT_EQ(plates.reverse(), nullptr);
    EXPECT_FALSE(plates.cascades(CascadeKind::save_update));
    EXPECT_TRUE(plates.cascades(CascadeKind::merge));
    EXPECT_EQ(plates.direction(), Direction::one_to_many);
    EXPECT_EQ(condition(plates), "books.id = pages.book_id AND pages.kind = :kind_1 AND pages.number > :number_1");
    EXPECT_EQ(relationships_of(mapper<options::Page>())[0].reverse(), &relationships_of(mapper<options::Book>())[0]);
}

namespace shared {
struct Leaf;
struct Root {
    static constexpr auto table_name = "roots";
    Mapped<int, primary_key> id;
    Many<Leaf> leaves;
};
struct Leaf {
    static constexpr auto table_name = "leaves";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("roots.id")> root_id;
    One<Root> root;
};
using Base = Registry<Root, Leaf>;
}  // namespace shared

TEST(RelationshipResolver, several_threads_resolve_once) {
    shared::Base::metadata();
    std::vector<std::jthread> threads;
    std::vector<const Relationship*> found(4);
    for (std::size_t i = 0; i < found.size(); ++i) {
        threads.emplace_back([&found, i] {
            const Mapper& from = i % 2 == 0 ? mapper<shared::Root>() : mapper<shared::Leaf>();
            const Relationship& first = relationships_of(from).front();
            found[i] = i % 2 == 0 ? &first : first.reverse();
        });
    }
    threads.clear();
    for (const Relationship* each : found) {
        EXPECT_EQ(each, found.front());
    }
}

}  // namespace

}  // namespace aludel::test::related
