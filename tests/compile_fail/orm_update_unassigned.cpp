// expect: aludel: update\(\) takes assignments
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

auto rename(Session& session) {
#ifdef WRONG
    return session.query<User>().update(col<&User::name> == "ed");
#else
    return session.query<User>().update(col<&User::name> = "ed");
#endif
}
