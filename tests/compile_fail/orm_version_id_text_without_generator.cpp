// expect: aludel: version_id counts in an integer
#include <aludel/aludel.hpp>
#include <aludel/orm/version_id.hpp>

#include <optional>
#include <string>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
#ifdef WRONG
    Mapped<std::string, version_id> version;
#else
    Mapped<std::string, version_id,
           version_id_generator([](const std::optional<std::string>& before) { return before.value_or("") + "+"; })>
        version;
#endif
};

using Base = Registry<User>;
MetaData& metadata = Base::metadata();
