// Reading an expired attribute while something is pending: whether it flushes first.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, expired_autoflush, R"python(
a, b = User(id=1, name='a'), User(id=2, name='b')
session.add_all([a, b])
session.commit()
session.add(User(id=3, name='c'))
show(a.name)
b.name = 'bb'
session.expire(a)
show(a.name)
session.expire(a, ['name'])
b.name = 'bbb'
show(a.name)
with session.no_autoflush:
    session.add(User(id=4, name='d'))
    session.expire(a)
    show(a.name)
session.commit()
)python") {
    auto a = make(User{.id = 1, .name = "a"}), b = make(User{.id = 2, .name = "b"});
    session.add_all(a, b);
    session.commit();
    session.add(User{.id = 3, .name = "c"});
    show(a->name);
    b->name = "bb";
    session.expire(a);
    show(a->name);
    session.expire(a, "name");
    b->name = "bbb";
    show(a->name);
    {
        const auto guard = session.no_autoflush();
        session.add(User{.id = 4, .name = "d"});
        session.expire(a);
        show(a->name);
    }
    session.commit();
}

}  // namespace differential
