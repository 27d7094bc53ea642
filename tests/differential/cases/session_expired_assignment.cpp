// Assigning to some attributes of an expired object, then reading others.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, expired_assignment, R"python(
u = User(id=1, name='a', age=1, fullname='f')
session.add(u)
session.commit()
with session.no_autoflush:
    u.name = 'b'
    show(u.name)
    show(u.age, u.name)
session.commit()
session.expire(u, ['age'])
u.age = 9
with session.no_autoflush:
    show(u.age, u.fullname)
session.commit()
show(u.age, u.name)
)python") {
    auto u = session.add(User{.id = 1, .name = "a", .fullname = "f", .age = 1});
    session.commit();
    {
        const auto guard = session.no_autoflush();
        u->name = "b";
        show(u->name);
        show(u->age, u->name);
    }
    session.commit();
    session.expire(u, "age");
    u->age = 9;
    {
        const auto guard = session.no_autoflush();
        show(u->age, u->fullname);
    }
    session.commit();
    show(u->age, u->name);
}

}  // namespace differential
