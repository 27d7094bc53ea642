// expect: aludel: scalar_subquery\(\) needs a query for one column or expression
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

auto query(Session& session, [[maybe_unused]] const Ptr<User>& user) {
#ifdef WRONG
    return session.query<User>().scalar_subquery();
#else
    return session.query(col<&User::id>).scalar_subquery();
#endif
}
