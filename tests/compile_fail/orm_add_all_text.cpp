// expect: aludel: this class is not mapped
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

void save(Session& session) {
#ifdef WRONG
    session.add_all(User{.name = "ed"}, "wendy");
#else
    session.add_all(User{.name = "ed"}, User{.name = "wendy"});
#endif
}
