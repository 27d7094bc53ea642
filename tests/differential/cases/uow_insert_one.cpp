// One INSERT: every column without a default, NULL where nothing is given; the key comes back.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, insert_one, R"python(
u = User(name='ed')
session.add(u)
session.commit()
show(u.id, u.name, u.age)
session.add(User(name='wendy', fullname='Wendy W', age=7, active=True))
session.flush()
)python") {
    auto u = session.add(User{.name = "ed"});
    session.commit();
    show(u->id, u->name, u->age);
    session.add(User{.name = "wendy", .fullname = "Wendy W", .age = 7, .active = true});
    session.flush();
}

}  // namespace differential
