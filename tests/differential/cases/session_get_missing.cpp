// get() of an expired object whose row is gone, and of a key that was rolled back.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, get_missing, R"python(
u = User(id=1, name='a')
session.add(u)
session.commit()
session.execute(text('DELETE FROM users'))
show(session.get(User, 1) is None)
session.rollback()
show(session.get(User, 1) is u)
v = User(id=2, name='b')
session.add(v)
session.flush()
session.rollback()
show(session.get(User, 2) is None)
show(v.id, v.name)
session.add(v)
session.flush()
show(session.get(User, 2) is v)
)python") {
    differs("SQLAlchemy asks twice for the row of an expired object that is gone, aludel once",
            "SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname, users.age AS "
            "users_age, "
            "users.active AS users_active FROM users WHERE users.id = ?\n    (1,)",
            "");
    auto u = session.add(User{.id = 1, .name = "a"});
    session.commit();
    session.execute(text("DELETE FROM users"));
    show(session.get<User>(1) == nullptr);
    session.rollback();
    show(session.get<User>(1) == u);
    auto v = session.add(User{.id = 2, .name = "b"});
    session.flush();
    session.rollback();
    show(session.get<User>(2) == nullptr);
    show(v->id, v->name);
    session.add(v);
    session.flush();
    show(session.get<User>(2) == v);
}

}  // namespace differential
