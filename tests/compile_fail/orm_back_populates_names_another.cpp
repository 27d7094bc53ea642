// expect: aludel: back_populates\("…"\) names a relationship whose own back_populates names another member
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
    Many<Address, back_populates("user")> addresses, places;
#else
    Many<Address, back_populates("user")> places;
#endif
};
struct Address {
    static constexpr auto table_name = "addresses";
    Mapped<int, primary_key> id;
    Mapped<std::string> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;
    One<User, back_populates("places")> user;
};

using Base = Registry<User, Address>;
MetaData& metadata = Base::metadata();
