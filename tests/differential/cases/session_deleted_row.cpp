// An object whose row is gone, and an object that was deleted.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, deleted_row, R"python(
u = User(id=1, name='a')
session.add(u)
session.commit()
session.execute(text('DELETE FROM users'))
with fails():
    show(u.name)
session.rollback()
show(u.name)
session.delete(u)
session.flush()
with fails():
    session.add(u)
show(session.get(User, 1) is None)
session.commit()
)python") {
    auto u = session.add(User{.id = 1, .name = "a"});
    session.commit();
    session.execute(text("DELETE FROM users"));
    fails([&] { show(u->name); });
    session.rollback();
    show(u->name);
    session.delete_(u);
    session.flush();
    fails([&] { session.add(u); });
    show(session.get<User>(1) == nullptr);
    session.commit();
}

}  // namespace differential
