// expect: aludel: get\(\) takes one value for each column of the primary key
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
    return session.get<User>(1, 2);
#else
    return session.get<User>(1);
#endif
}
