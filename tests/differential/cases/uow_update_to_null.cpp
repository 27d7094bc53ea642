// An attribute set to None is written as NULL.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, update_to_null, R"python(
u = User(name='ed', age=1, fullname='x')
session.add(u)
session.flush()
u.age = None
session.flush()
u.fullname = null()
session.flush()
show(u.age, u.fullname)
)python") {
    auto u = session.add(User{.name = "ed", .fullname = "x", .age = 1});
    session.flush();
    u->age = std::nullopt;
    session.flush();
    u->fullname = null();
    session.flush();
    show(u->age, u->fullname);
}

}  // namespace differential
