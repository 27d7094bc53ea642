// expect: aludel: this class has no primary key
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
#ifdef WRONG
    Mapped<int> id;
#else
    Mapped<int, primary_key> id;
#endif
    Mapped<std::string> name;
};

using Base = Registry<User>;
MetaData& metadata = Base::metadata();
