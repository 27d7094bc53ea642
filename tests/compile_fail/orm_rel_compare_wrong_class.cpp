// expect: aludel: this relationship leads to objects of another class
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
    Many<Address> addresses;
};
struct Address {
    static constexpr auto table_name = "addresses";
    Mapped<int, primary_key> id;
    Mapped<std::string> email;
    Mapped<std::optional<int>, ForeignKey("users.id")> user_id;
    One<User> user;
};

Expr criterion([[maybe_unused]] const Ptr<User>& user, [[maybe_unused]] const Ptr<Address>& address) {
#ifdef WRONG
    return rel<&Address::user> == address;
#else
    return rel<&Address::user> == user;
#endif
}
