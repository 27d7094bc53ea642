// expect: aludel: filter_by\(\) needs a query whose first element is a class
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;
using namespace aludel::literals;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

auto find(Session& session) {
#ifdef WRONG
    return session.query(col<&User::id>).filter_by("name"_a = "ed");
#else
    return session.query(col<&User::id>).filter(col<&User::name> == "ed");
#endif
}
