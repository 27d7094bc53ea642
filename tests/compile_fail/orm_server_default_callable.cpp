// expect: aludel: a server default is text, a number or SQL
#include <aludel/aludel.hpp>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
#ifdef WRONG
    Mapped<int, server_default([] { return 1; })> level;
#else
    Mapped<int, server_default("1")> level;
#endif
};

using Base = Registry<User>;
MetaData& metadata = Base::metadata();
