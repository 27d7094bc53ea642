// expect: aludel: this class has several columns with version_id
#include <aludel/aludel.hpp>
#include <aludel/orm/version_id.hpp>

#include <optional>
#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
#ifdef WRONG
    Mapped<int, version_id> version;
    Mapped<int, version_id> edition;
#else
    Mapped<int, version_id> version;
    Mapped<int> edition;
#endif
};

using Base = Registry<User>;
MetaData& metadata = Base::metadata();
