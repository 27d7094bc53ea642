// Assigning to an expired attribute does not read it first, and writes even an equal value.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, update_expired, R"python(
u = User(name='ed', age=1)
session.add(u)
session.commit()
u.name = 'ed'
session.flush()
session.commit()
show(u.age)
u.name = 'ed'
session.commit()
u.age = 1
show(u.age, u.name)
session.commit()
)python") {
    differs("the flush has read the object: SQLAlchemy reads it again, aludel does not",
            "    (1, 1)\nSELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname, "
            "users.active AS "
            "users_active FROM users WHERE users.id = ?\n    (1,)",
            "    (1, 1)");
    auto u = session.add(User{.name = "ed", .age = 1});
    session.commit();
    u->name = "ed";
    session.flush();
    session.commit();
    show(u->age);
    u->name = "ed";
    session.commit();
    u->age = 1;
    show(u->age, u->name);
    session.commit();
}

}  // namespace differential
