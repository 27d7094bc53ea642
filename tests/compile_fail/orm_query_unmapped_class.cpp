// expect: aludel: this class is not mapped
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct Plain {
    int id = 0;
};
struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

void find(Session& session) {
#ifdef WRONG
    session.query<Plain>().all();
#else
    session.query<User>().all();
#endif
}
