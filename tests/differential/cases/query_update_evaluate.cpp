// Query.update(): the objects in memory follow.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, update_evaluate, R"python(
a, b, c = User(id=1, name='a', age=10), User(id=2, name='b', age=20), User(id=3, name='c', age=30)
session.add_all([a, b, c])
session.commit()
show(a.age, b.age, c.age)
show(session.query(User).filter(User.age > 15).update({User.fullname: 'old'}))
show(a.fullname, b.fullname, c.fullname)
session.query(User).filter(User.name.in_(['a', 'b'])).update({User.age: User.age + 1})
show(a.age, b.age, c.age)
show(session.query(User).filter(User.age == None).update({User.name: 'x', User.age: 0}))
session.query(User).update({User.active: True})
show(c.active)
session.commit()
)python") {
    auto a = make(User{.id = 1, .name = "a", .age = 10}), b = make(User{.id = 2, .name = "b", .age = 20}),
         c = make(User{.id = 3, .name = "c", .age = 30});
    session.add_all(a, b, c);
    session.commit();
    show(a->age, b->age, c->age);
    show(session.query<User>().filter(col<&User::age> > 15).update(col<&User::fullname> = "old"));
    show(a->fullname, b->fullname, c->fullname);
    session.query<User>().filter(col<&User::name>.in_({"a", "b"})).update(col<&User::age> = col<&User::age> + 1);
    show(a->age, b->age, c->age);
    show(session.query<User>()
             .filter(col<&User::age> == std::nullopt)
             .update(col<&User::name> = "x", col<&User::age> = 0));
    session.query<User>().update(col<&User::active> = true);
    show(c->active);
    session.commit();
}

}  // namespace differential
