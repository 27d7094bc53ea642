// expect: aludel: execute\(\) takes a statement
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
};

void run(Session& session) {
#ifdef WRONG
    session.execute("SELECT 1");
#else
    session.execute(text("SELECT 1"));
#endif
}
