// What a savepoint deletes and changes comes back when it is rolled back.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, savepoint_delete, R"python(
a, b = User(id=1, name='a'), User(id=2, name='b')
session.add_all([a, b])
session.commit()
show(a.name, b.name)
nested = session.begin_nested()
session.delete(a)
b.name = 'bb'
session.flush()
nested.rollback()
show(a in session, b.name)
show(a.name)
session.begin_nested()
a.name = 'aa'
session.rollback()
show(a.name)
session.begin_nested()
a.name = 'aaa'
session.commit()
session.commit()
show(a.name)
)python") {
    auto a = make(User{.id = 1, .name = "a"}), b = make(User{.id = 2, .name = "b"});
    session.add_all(a, b);
    session.commit();
    show(a->name, b->name);
    auto nested = session.begin_nested();
    session.delete_(a);
    b->name = "bb";
    session.flush();
    nested.rollback();
    show(session.contains(a), b->name);
    show(a->name);
    auto second = session.begin_nested();
    a->name = "aa";
    session.rollback();
    show(a->name);
    auto third = session.begin_nested();
    a->name = "aaa";
    session.commit();
    session.commit();
    show(a->name);
}

}  // namespace differential
