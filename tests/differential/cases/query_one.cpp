// first() adds LIMIT 1; one(), one_or_none() and scalar() add nothing and check.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, one, R"python(
session.add_all([User(id=1, name='a', age=1), User(id=2, name='b', age=1)])
session.commit()
q = session.query(User)
show(q.order_by(User.id.desc()).first().name)
show(q.filter(User.age == 9).first() is None)
show(q.filter(User.id == 1).one().name)
show(q.filter(User.id == 9).one_or_none() is None)
with fails():
    q.filter(User.id == 9).one()
with fails():
    q.one()
with fails():
    q.one_or_none()
show(session.query(User.name).filter(User.id == 2).scalar())
show(session.query(User.name).filter(User.id == 9).scalar())
show(session.query(User.name, User.id).filter(User.id == 2).one())
with fails():
    session.query(User.name).scalar()
)python") {
    session.add_all(User{.id = 1, .name = "a", .age = 1}, User{.id = 2, .name = "b", .age = 1});
    session.commit();
    auto q = session.query<User>();
    show(q.order_by(col<&User::id>.desc()).first()->name);
    show(q.filter(col<&User::age> == 9).first() == nullptr);
    show(q.filter(col<&User::id> == 1).one()->name);
    show(q.filter(col<&User::id> == 9).one_or_none() == nullptr);
    fails([&] { q.filter(col<&User::id> == 9).one(); });
    fails([&] { q.one(); });
    fails([&] { q.one_or_none(); });
    show(session.query(col<&User::name>).filter(col<&User::id> == 2).scalar());
    show(session.query(col<&User::name>).filter(col<&User::id> == 9).scalar());
    show(session.query(col<&User::name>, col<&User::id>).filter(col<&User::id> == 2).one());
    fails([&] { session.query(col<&User::name>).scalar(); });
}

}  // namespace differential
