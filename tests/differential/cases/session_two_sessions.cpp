// An object belongs to one session.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, two_sessions, R"python(
other = Session(engine)
u = User(id=1, name='a')
session.add(u)
with fails():
    other.add(u)
session.commit()
with fails():
    other.delete(u)
session.expunge(u)
other.add(u)
show(u.name)
u.name = 'b'
other.commit()
other.close()
show(session.get(User, 1).name)
)python") {
    Session other{engine};
    auto u = session.add(User{.id = 1, .name = "a"});
    fails([&] { other.add(u); });
    session.commit();
    fails([&] { other.delete_(u); });
    session.expunge(u);
    other.add(u);
    show(u->name);
    u->name = "b";
    other.commit();
    other.close();
    show(session.get<User>(1)->name);
}

}  // namespace differential
