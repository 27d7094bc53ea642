// expect: aludel: this class is no aggregate; list its attributes with
#include <aludel/aludel.hpp>

#include <string>
#include <utility>

using namespace aludel;

struct User {
    static constexpr auto table_name = "user";
    User() = default;
    explicit User(std::string with_name) : name(std::move(with_name)) {}

    Mapped<int, primary_key> id;
    Mapped<std::string> name;
#ifdef WRONG

#else
    using mapped = Members<&User::id, &User::name>;
#endif
};

using Base = Registry<User>;
MetaData& metadata = Base::metadata();
