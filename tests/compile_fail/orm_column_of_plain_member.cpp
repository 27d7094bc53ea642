// expect: aludel: this member is no Mapped
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    int visits = 0;
};

Query<User> find(Session& session) {
#ifdef WRONG
    return session.query<User>().order_by(col<&User::visits>);
#else
    return session.query<User>().order_by(col<&User::name>);
#endif
}
