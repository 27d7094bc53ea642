// Deleting what is pending, what was deleted already, and taking a deletion back.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, delete_states, R"python(
u = User(id=1, name='a')
session.add(u)
with fails():
    session.delete(u)
session.flush()
session.delete(u)
session.delete(u)
session.add(u)
session.flush()
show(session.query(User).count())
session.delete(u)
session.flush()
session.delete(u)
session.flush()
show(u in session)
session.commit()
with fails():
    session.delete(u)
)python") {
    differs("SQLAlchemy deletes a row again that is gone; aludel does nothing",
            "show 1\nDELETE FROM users WHERE users.id = ?\n    (1,)", "show 1");
    differs("and needs not warn of it",
            "warning DELETE statement on table 'users' expected to delete 1 row(s); 0 were matched", "");
    auto u = session.add(User{.id = 1, .name = "a"});
    fails([&] { session.delete_(u); });
    session.flush();
    session.delete_(u);
    session.delete_(u);
    session.add(u);
    session.flush();
    show(session.query<User>().count());
    session.delete_(u);
    session.flush();
    session.delete_(u);
    session.flush();
    show(session.contains(u));
    session.commit();
    fails([&] { session.delete_(u); });
}

}  // namespace differential
