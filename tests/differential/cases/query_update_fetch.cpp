// Query.update() with 'fetch' asks for the keys first, with False it leaves the objects alone.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, update_fetch, R"python(
a, b = User(id=1, name='a', age=10), User(id=2, name='b', age=20)
session.add_all([a, b])
session.commit()
show(a.age, b.age)
session.query(User).filter(User.name.like('a%')).update({User.age: 11}, synchronize_session='fetch')
show(a.age)
show(b.age)
session.query(User).filter(func.lower(User.name) == 'b').update({User.age: User.age * 2}, synchronize_session='fetch')
show(b.age)
session.query(User).filter(User.id == 1).update({User.age: 99}, synchronize_session=False)
show(a.age)
with fails():
    session.query(User).filter(func.lower(User.name) == 'b').update({User.age: 1})
)python") {
    auto a = make(User{.id = 1, .name = "a", .age = 10}), b = make(User{.id = 2, .name = "b", .age = 20});
    session.add_all(a, b);
    session.commit();
    show(a->age, b->age);
    const auto fetch = session.query<User>().synchronize_session(SynchronizeSession::fetch);
    fetch.filter(col<&User::name>.like("a%")).update(col<&User::age> = 11);
    show(a->age);
    show(b->age);
    fetch.filter(func::lower(col<&User::name>) == "b").update(col<&User::age> = col<&User::age> * 2);
    show(b->age);
    session.query<User>()
        .filter(col<&User::id> == 1)
        .synchronize_session(SynchronizeSession::none)
        .update(col<&User::age> = 99);
    show(a->age);
    fails([&] { session.query<User>().filter(func::lower(col<&User::name>) == "b").update(col<&User::age> = 1); });
}

}  // namespace differential
