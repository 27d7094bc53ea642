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
