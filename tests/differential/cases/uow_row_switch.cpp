// Deleting a row and adding one with its key is one UPDATE.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, row_switch, R"python(
a = User(id=1, name='a', age=5)
session.add(a)
session.commit()
session.delete(a)
b = User(id=1, name='b')
session.add(b)
session.flush()
show(session.get(User, 1) is b)
session.commit()
show(b.name, b.age)
)python") {
    differs("aludel knows the key of the deleted object from the identity map and need not read it",
            "SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname, users.age AS "
            "users_age, "
            "users.active AS users_active FROM users WHERE users.id = ?\n"
            "    (1,)\nUPDATE users SET name=? WHERE users.id = ?",
            "UPDATE users SET name=? WHERE users.id = ?");
    auto a = session.add(User{.id = 1, .name = "a", .age = 5});
    session.commit();
    session.delete_(a);
    auto b = session.add(User{.id = 1, .name = "b"});
    session.flush();
    show(session.get<User>(1) == b);
    session.commit();
    show(b->name, b->age);
}

}  // namespace differential
