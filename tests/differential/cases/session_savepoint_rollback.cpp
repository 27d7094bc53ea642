// A savepoint that is rolled back: its objects are expired, the ones before it are kept.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, savepoint_rollback, R"python(
a = User(id=1, name='a')
session.add(a)
session.flush()
nested = session.begin_nested()
a.name = 'inside'
b = User(id=2, name='b')
session.add(b)
session.flush()
nested.rollback()
show(a.name)
show(b in session)
session.add(User(id=3, name='c'))
session.commit()
show(session.query(User).count())
)python") {
    auto a = session.add(User{.id = 1, .name = "a"});
    session.flush();
    auto nested = session.begin_nested();
    a->name = "inside";
    auto b = session.add(User{.id = 2, .name = "b"});
    session.flush();
    nested.rollback();
    show(a->name);
    show(session.contains(b));
    session.add(User{.id = 3, .name = "c"});
    session.commit();
    show(session.query<User>().count());
}

}  // namespace differential
