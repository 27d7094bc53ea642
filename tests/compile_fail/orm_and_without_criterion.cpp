// expect: aludel: this is not a criterion
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
    return session.query<User>().filter(and_(col<&User::id> > 1, "name"));
#else
    return session.query<User>().filter(and_(col<&User::id> > 1, col<&User::name> == "ed"));
#endif
}
