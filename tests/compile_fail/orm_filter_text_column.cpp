// expect: aludel: this is not a criterion
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
    return session.query<User>().filter(col<&User::name>);
#else
    return session.query<User>().filter(col<&User::admin>);
#endif
}
