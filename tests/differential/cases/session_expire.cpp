// expire() of an object and of attributes; the next access reads what is missing in one SELECT.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, expire, R"python(
u = User(id=1, name='a', age=1)
session.add(u)
session.flush()
session.expire(u)
show(u.name, u.age)
session.expire(u, ['name'])
show(u.age)
show(u.name)
session.expire(u, ['name', 'age'])
show(u.age, u.name)
u.name = 'changed'
session.expire(u)
show(u.name)
session.expire_all()
show(u.id)
)python") {
    auto u = session.add(User{.id = 1, .name = "a", .age = 1});
    session.flush();
    session.expire(u);
    show(u->name, u->age);
    session.expire(u, "name");
    show(u->age);
    show(u->name);
    session.expire(u, "name", "age");
    show(u->age, u->name);
    u->name = "changed";
    session.expire(u);
    show(u->name);
    session.expire_all();
    show(u->id);
}

}  // namespace differential
