// expect: aludel: this is not a criterion
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

Query<User> find(Session& session, const bool* only) {
#ifdef WRONG
    return session.query<User>().filter(only);
#else
    return session.query<User>().filter(*only);
#endif
}
