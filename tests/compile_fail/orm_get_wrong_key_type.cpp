// expect: aludel: get\(\) was given a value of another type than that of the primary key
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

Ptr<User> find(Session& session) {
#ifdef WRONG
    return session.get<User>("one");
#else
    return session.get<User>(1);
#endif
}
