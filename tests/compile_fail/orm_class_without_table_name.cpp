// expect: aludel: this class is not mapped; give it `static constexpr auto table_name
#include <aludel/aludel.hpp>

#include <string>

using namespace aludel;

struct User {
#ifdef WRONG
    static constexpr auto tablename = "user";
#else
    static constexpr auto table_name = "user";
#endif
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
};

using Base = Registry<User>;
MetaData& metadata = Base::metadata();
