// expect: aludel: version_id on an optional
#include <aludel/aludel.hpp>
#include <aludel/orm/version_id.hpp>

#include <optional>
#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
#ifdef WRONG
    Mapped<std::optional<int>, version_id> version;
#else
    Mapped<int, version_id> version;
#endif
};

using Base = Registry<User>;
MetaData& metadata = Base::metadata();
