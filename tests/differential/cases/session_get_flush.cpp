// get() flushes before it asks the database, not when it finds the object in memory.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, get_flush, R"python(
a = User(id=1, name='a')
session.add(a)
session.commit()
show(a.name)
session.add(User(id=2, name='b'))
show(session.get(User, 1) is a)
show(session.get(User, 2).name)
session.delete(a)
show(session.get(User, 1) is a)
)python") {
    auto a = session.add(User{.id = 1, .name = "a"});
    session.commit();
    show(a->name);
    session.add(User{.id = 2, .name = "b"});
    show(session.get<User>(1) == a);
    show(session.get<User>(2)->name);
    session.delete_(a);
    show(session.get<User>(1) == a);
}

}  // namespace differential
