// With same_name_test.cpp: two files with classes of the same name in unnamed namespaces.
#include <aludel/aludel.hpp>

#include <string>

namespace {

using namespace aludel;

struct Part;
struct Thing {
    static constexpr auto table_name = "things_of_one";
    Mapped<int, primary_key> id;
    Many<Part> parts;
};
struct Part {
    static constexpr auto table_name = "parts_of_one";
    Mapped<int, primary_key> id;
    Mapped<int, ForeignKey("things_of_one.id")> thing_id;
    One<Thing> thing;
};
using Base = Registry<Thing, Part>;

}  // namespace

namespace aludel::test {

std::string criterion_of_one() {
    Base::metadata();
    return to_string((col<&Thing::id> == 1 && rel<&Thing::parts>.any()).node());
}

}  // namespace aludel::test
