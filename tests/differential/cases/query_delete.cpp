// Query.delete(): matched objects leave the session.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, delete, R"python(
a, b, c = User(id=1, name='a', age=10), User(id=2, name='b', age=20), User(id=3, name='c', age=30)
session.add_all([a, b, c])
session.commit()
show(a.age, b.age, c.age)
show(session.query(User).filter(User.age < 15).delete())
show(a in session, b in session)
show(session.query(User).filter(User.name.like('b%')).delete(synchronize_session='fetch'))
show(b in session, c in session)
show(session.query(User).filter(User.id == 99).delete())
session.rollback()
show(session.query(User).count())
with fails():
    session.query(User).limit(1).delete()
show(session.query(Address).delete())
)python") {
    auto a = make(User{.id = 1, .name = "a", .age = 10}), b = make(User{.id = 2, .name = "b", .age = 20}),
         c = make(User{.id = 3, .name = "c", .age = 30});
    session.add_all(a, b, c);
    session.commit();
    show(a->age, b->age, c->age);
    show(session.query<User>().filter(col<&User::age> < 15).delete_());
    show(session.contains(a), session.contains(b));
    show(session.query<User>()
             .filter(col<&User::name>.like("b%"))
             .synchronize_session(SynchronizeSession::fetch)
             .delete_());
    show(session.contains(b), session.contains(c));
    show(session.query<User>().filter(col<&User::id> == 99).delete_());
    session.rollback();
    show(session.query<User>().count());
    fails([&] { session.query<User>().limit(1).delete_(); });
    show(session.query<Address>().delete_());
}

}  // namespace differential
