// expect: aludel: version_id_generator\(…\) is for the version
#include <aludel/aludel.hpp>
#include <aludel/orm/version_id.hpp>

#include <optional>
#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
#ifdef WRONG
    Mapped<int, version_id_generator([] { return 5; })> version;
#else
    Mapped<int, version_id, version_id_generator([] { return 5; })> version;
#endif
};

using Base = Registry<User>;
MetaData& metadata = Base::metadata();
