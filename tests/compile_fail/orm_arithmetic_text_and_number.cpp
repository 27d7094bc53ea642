// expect: aludel: these two cannot be calculated with each other
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
    return session.query<User>().order_by(col<&User::name> + 1);
#else
    return session.query<User>().order_by(col<&User::id> + 1);
#endif
}
