// refresh() reads at once; of named attributes only those; changes of the object are lost.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, refresh, R"python(
u = User(id=1, name='a', age=1)
session.add(u)
session.commit()
session.refresh(u)
session.execute(text("UPDATE users SET name = 'b', age = 2"))
show(u.name)
session.refresh(u)
show(u.name, u.age)
session.refresh(u, ['age'])
u.name = 'lost'
session.refresh(u)
show(u.name)
session.add(User(id=2, name='other'))
session.refresh(u)
)python") {
    auto u = session.add(User{.id = 1, .name = "a", .age = 1});
    session.commit();
    session.refresh(u);
    session.execute(text("UPDATE users SET name = 'b', age = 2"));
    show(u->name);
    session.refresh(u);
    show(u->name, u->age);
    session.refresh(u, "age");
    u->name = "lost";
    session.refresh(u);
    show(u->name);
    session.add(User{.id = 2, .name = "other"});
    session.refresh(u);
}

}  // namespace differential
