// expect: aludel: this is not a column option
#include <aludel/aludel.hpp>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
#ifdef WRONG
    Mapped<int, primary_key, 5> id;
#else
    Mapped<int, primary_key, indexed> id;
#endif
};

using Base = Registry<User>;
MetaData& metadata = Base::metadata();
