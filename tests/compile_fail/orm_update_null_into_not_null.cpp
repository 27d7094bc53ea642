// expect: aludel: this column cannot be set to a value of that type
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

auto forget(Session& session) {
#ifdef WRONG
    return session.query<User>().update(col<&User::role> = nullptr);
#else
    return session.query<User>().update(col<&User::admin> = nullptr);
#endif
}
