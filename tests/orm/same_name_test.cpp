// Classes of the same name in the unnamed namespaces of two files are different classes.
#include <aludel/aludel.hpp>

#include <gmock/gmock.h>

#include <string>

namespace {

using namespace aludel;

struct Part;
struct Thing {
    static constexpr auto table_name = "things_of_two";
    Mapped<int, primary_key> id;
    Many<Part> parts;
};
struct Part {
    static constexpr auto table_name = "parts_of_two";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("things_of_two.id")> thing_id;
    One<Thing> thing;
};
using Base = Registry<Thing, Part>;

}  // namespace

namespace aludel::test {

std::string criterion_of_one();  // same_name_one.cpp

TEST(SameName, classes_of_unnamed_namespaces_stay_apart) {
    Base::metadata();
    EXPECT_THAT(to_string((col<&Thing::id> == 1 && rel<&Thing::parts>.any()).node()),
                testing::AllOf(testing::StartsWith("things_of_two.id"), testing::HasSubstr("parts_of_two"),
                               testing::Not(testing::HasSubstr("of_one"))));
    EXPECT_THAT(criterion_of_one(),
                testing::AllOf(testing::StartsWith("things_of_one.id"), testing::HasSubstr("parts_of_one"),
                               testing::Not(testing::HasSubstr("of_two"))));
}

}  // namespace aludel::test
