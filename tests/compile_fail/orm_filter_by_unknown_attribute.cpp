// expect: aludel: this class has no mapped attribute of that name
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;
using namespace aludel::literals;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

Query<User> find(Session& session) {
#ifdef WRONG
    return session.query<User>().filter_by("nmae"_a = "ed");
#else
    return session.query<User>().filter_by("name"_a = "ed");
#endif
}
