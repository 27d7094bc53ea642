// Mapped<T> as a value, and the descriptions that are made of classes.
#include "orm/models.hpp"

#include <sstream>
#include <unordered_set>

namespace aludel::test {
namespace {

std::vector<std::string> attribute_names(const Mapper& mapper) {
    std::vector<std::string> names;
    for (const Attribute& attribute : mapper.attributes()) names.emplace_back(attribute.name());
    return names;
}

class Engineer {
  public:
    static constexpr auto table_name = "engineers";

    Engineer() = default;
    explicit Engineer(std::string title) : title_(std::move(title)) {}
    [[nodiscard]] const std::string& title() const { return title_; }
    [[nodiscard]] int id() const { return id_; }

  private:
    Mapped<int, primary_key> id_;
    Mapped<std::string, name("job_title")> title_;

  public:
    using mapped = Members<&Engineer::id_, &Engineer::title_>;
};

struct Noted {
    static constexpr auto table_name = "noted";
    Mapped<int, primary_key> id;
    std::string comment_of_the_program = "not stored";
    Mapped<int> number;
    [[nodiscard]] int doubled() const { return number * 2; }
};

struct Pair {
    static constexpr auto table_name = "pairs";
    static auto table_args() { return TableArgs{UniqueConstraint("a", "b")}; }
    Mapped<int, primary_key> id;
    Mapped<int> a;
    Mapped<int> b;
};

TEST(Mapping, aggregate_members_become_columns_in_order) {
    EXPECT_EQ(attribute_names(mapper<User>()), (Lines{"id", "name", "nick", "age"}));
    EXPECT_EQ(mapper<User>().class_name(), "User");
    EXPECT_EQ(mapper<User>().table().name(), "users");
}

TEST(Mapping, plain_members_are_left_out) { EXPECT_EQ(attribute_names(mapper<Noted>()), (Lines{"id", "number"})); }

TEST(Mapping, local_aggregate_is_reflected) {
    struct Row {
        std::string key;
        double weight;
    };
    EXPECT_EQ(detail::names_of_members<Row>, (std::array<std::string_view, 2>{"key", "weight"}));
    EXPECT_EQ(detail::class_name<Row>(), "Row");
}

TEST(Mapping, private_members_are_listed) {
    EXPECT_EQ(attribute_names(mapper<Engineer>()), (Lines{"id_", "title_"}));
    EXPECT_EQ(mapper<Engineer>().table().columns()[1].name(), "job_title");
}

TEST(Mapping, optional_is_nullable_and_nothing_else) {
    EXPECT_FALSE(mapper<User>().attribute("name").column().nullable());
    EXPECT_TRUE(mapper<User>().attribute("nick").column().nullable());
    EXPECT_FALSE(mapper<User>().attribute("id").column().nullable());
}

TEST(Mapping, attribute_unknown_is_an_error_that_lists_the_attributes) {
    try {
        (void)mapper<User>().attribute("surname");
        FAIL();
    } catch (const InvalidRequestError& error) {
        EXPECT_EQ(error.message(), "Class User has no mapped attribute 'surname'; it has: id, name, nick, age");
    }
}

TEST(Mapping, table_arguments_become_constraints) {
    ASSERT_EQ(mapper<Pair>().table().unique_constraints().size(), 1u);
    EXPECT_EQ(mapper<Pair>().table().unique_constraints()[0].columns().size(), 2u);
}

TEST(Mapped, is_used_as_its_value) {
    User user{.name = "ed", .age = 30};
    EXPECT_EQ(user.name, "ed");
    EXPECT_EQ(user.name->size(), 2u);
    EXPECT_EQ(*user.age, 30);
    EXPECT_LT(user.name, "fred");
    const std::string copied = user.name;
    EXPECT_EQ(copied, "ed");
    std::ostringstream out;
    out << user.name;
    EXPECT_EQ(out.str(), "ed");
    EXPECT_EQ(std::hash<Mapped<std::string>>{}(Mapped<std::string>("ed")), std::hash<std::string>{}("ed"));
}

TEST(Mapped, takes_compound_assignments) {
    Noted noted{.number = 5};
    noted.number += 3;
    noted.number *= 2;
    --noted.number;
    EXPECT_EQ(noted.number++, 15);
    EXPECT_EQ(noted.number, 16);
    EXPECT_EQ(noted.doubled(), 32);
    noted.number %= 5;
    EXPECT_EQ(noted.number, 1);
}

TEST(Mapped, copy_of_a_managed_object_is_a_plain_value) {
    auto managed = make(User{.name = "ed"});
    User copy = *managed;
    copy.name = "wendy";
    EXPECT_EQ(managed->name, "ed");
    EXPECT_EQ(copy.name, "wendy");
}

TEST(Mapped, assignment_from_its_own_part_is_safe) {
    auto managed = make(User{.name = "edward"});
    managed->name = managed->name->substr(0, 2);
    EXPECT_EQ(managed->name, "ed");
}

TEST(Ptr, null_handle_is_an_error_and_no_crash) {
    const Ptr<User> none;
    EXPECT_FALSE(none);
    EXPECT_THROW((void)none->name, InvalidRequestError);
    EXPECT_THROW((void)*none, InvalidRequestError);
}

TEST(Ptr, prints_class_and_key) {
    std::ostringstream out;
    out << make(User{.id = 5, .name = "ed"}) << ' ' << Ptr<User>();
    EXPECT_EQ(out.str(), "<User id=5> None");
}

TEST(Ptr, is_a_key_of_containers) {
    auto ed = make(User{.name = "ed"});
    const std::unordered_set<Ptr<User>> users{ed, ed, make(User{.name = "wendy"})};
    EXPECT_EQ(users.size(), 2u);
    EXPECT_TRUE(users.contains(ed));
}

TEST_F(OrmTest, class_with_private_members_round_trips) {
    MetaData metadata;
    metadata.add(mapper<Engineer>().table_ref());
    metadata.create_all(engine);
    Session session{engine};
    auto engineer = session.add(Engineer("architect"));
    session.commit();
    session.expunge_all();
    auto loaded = session.get<Engineer>(1);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->title(), "architect");
    EXPECT_EQ(loaded->id(), 1);
}

}  // namespace
}  // namespace aludel::test
