// expect: aludel: this column cannot be compared with a value of that type
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
    return session.query<User>().filter_by("id"_a = "one");
#else
    return session.query<User>().filter_by("id"_a = 1);
#endif
}
