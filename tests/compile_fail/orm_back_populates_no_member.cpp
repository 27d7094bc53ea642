// expect: aludel: back_populates\("…"\) names a member that the other class does not have
#include <aludel/aludel.hpp>

#include <optional>
#include <string>

using namespace aludel;
using namespace aludel::literals;

struct Address;
struct User {
    static constexpr auto table_name = "users";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
#ifdef WRONG
    Many<Address, back_populates("usr")> addresses;
#else
    Many<Address, back_populates("user")> addresses;
#endif
};
struct Address {
    static constexpr auto table_name = "addresses";
    Mapped<int, primary_key> id;
    Mapped<std::string> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;
    One<User> user;
};

using Base = Registry<User, Address>;
MetaData& metadata = Base::metadata();
