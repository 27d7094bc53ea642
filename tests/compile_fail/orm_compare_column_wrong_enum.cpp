// expect: aludel: this column cannot be compared with a value of that type
#include <aludel/aludel.hpp>

#include <optional>
#include <string>

using namespace aludel;

enum class Role { reader, writer };
enum class Colour { red, green };

struct User {
    static constexpr auto table_name = "user";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> name;
    Mapped<std::optional<bool>> admin;
    Mapped<Role> role = Role::reader;
};

Query<User> find(Session& session) {
#ifdef WRONG
    return session.query<User>().filter(col<&User::role> == Colour::red);
#else
    return session.query<User>().filter(col<&User::role> == Role::writer);
#endif
}
