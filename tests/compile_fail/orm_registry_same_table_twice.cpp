// expect: aludel: two classes of this Registry have the same table_name
#include <aludel/aludel.hpp>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
};
struct Member {
#ifdef WRONG
    static constexpr auto table_name = "user";
#else
    static constexpr auto table_name = "member";
#endif
    Mapped<int, primary_key> id;
};

using Base = Registry<User, Member>;
MetaData& metadata = Base::metadata();
