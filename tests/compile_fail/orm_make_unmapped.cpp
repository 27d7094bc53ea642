// expect: aludel: this class is not mapped
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

void save() {
#ifdef WRONG
    auto user = make(5);
#else
    auto user = make(User{.name = "ed"});
#endif
}
