// Savepoints that are released, one in the other; begin_nested flushes first.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, savepoint_commit, R"python(
a = User(id=1, name='a')
session.add(a)
outer = session.begin_nested()
a.name = 'outer'
inner = session.begin_nested()
session.add(User(id=2, name='b'))
inner.commit()
outer.commit()
with session.begin_nested():
    session.add(User(id=3, name='c'))
session.commit()
show(a.name)
)python") {
    auto a = session.add(User{.id = 1, .name = "a"});
    auto outer = session.begin_nested();
    a->name = "outer";
    auto inner = session.begin_nested();
    session.add(User{.id = 2, .name = "b"});
    inner.commit();
    outer.commit();
    session.begin_nested([&] { session.add(User{.id = 3, .name = "c"}); });
    session.commit();
    show(a->name);
}

}  // namespace differential
