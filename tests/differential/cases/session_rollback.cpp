// rollback(): new objects leave the session, changes and deletions are undone.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, rollback, R"python(
a, b = User(id=1, name='a'), User(id=2, name='b')
session.add_all([a, b])
session.commit()
a.name = 'changed'
session.delete(b)
c = User(name='c')
session.add(c)
session.flush()
session.rollback()
show(c in session, b in session)
show(a.name)
show(b.name, c.name)
a.name = 'unflushed'
session.rollback()
show(a.name)
session.add(c)
session.commit()
show(session.query(User).count())
)python") {
    auto a = make(User{.id = 1, .name = "a"}), b = make(User{.id = 2, .name = "b"});
    session.add_all(a, b);
    session.commit();
    a->name = "changed";
    session.delete_(b);
    auto c = session.add(User{.name = "c"});
    session.flush();
    session.rollback();
    show(session.contains(c), session.contains(b));
    show(a->name);
    show(b->name, c->name);
    a->name = "unflushed";
    session.rollback();
    show(a->name);
    session.add(c);
    session.commit();
    show(session.query<User>().count());
}

}  // namespace differential
