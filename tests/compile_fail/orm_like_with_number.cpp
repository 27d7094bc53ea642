// expect: aludel: a pattern must be text
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
    return session.query<User>().filter(col<&User::name>.like(5));
#else
    return session.query<User>().filter(col<&User::name>.like("5%"));
#endif
}
