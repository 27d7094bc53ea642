// UPDATE writes the columns that changed, and nothing where nothing did.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, update_changed, R"python(
u = User(name='ed', age=1)
session.add(u)
session.commit()
u.name = 'edward'
session.flush()
u.age, u.fullname = 2, 'Ed'
session.flush()
u.name = 'edward'
session.flush()
u.name = 'x'
u.name = 'edward'
show(u in session.dirty, session.is_modified(u))
session.flush()
session.commit()
)python") {
    auto u = session.add(User{.name = "ed", .age = 1});
    session.commit();
    u->name = "edward";
    session.flush();
    u->age = 2;
    u->fullname = "Ed";
    session.flush();
    u->name = "edward";
    session.flush();
    u->name = "x";
    u->name = "edward";
    show(session.dirty().contains(u), session.is_modified(u));
    session.flush();
    session.commit();
}

}  // namespace differential
