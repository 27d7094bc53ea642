// expect: aludel: < <= > >= cannot be used with NULL
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

Query<User> find(Session& session) {
#ifdef WRONG
    return session.query<User>().filter(col<&User::id> < nullptr);
#else
    return session.query<User>().filter(col<&User::id> == nullptr);
#endif
}
