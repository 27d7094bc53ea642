// Query.update() and delete() when objects are expired or not in memory.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, update_unloaded, R"python(
a, b = User(id=1, name='a', age=1), User(id=2, name='b', age=2)
session.add_all([a, b])
session.commit()
session.query(User).filter(User.age == 1).update({User.name: 'aa'})
show(a.name)
session.expire(b)
session.query(User).filter(User.age == 2).update({User.name: 'bb'}, synchronize_session='fetch')
show(b.name)
session.expire_all()
session.query(User).filter(User.age == 2).delete()
show(b in session)
session.commit()
show(session.query(User).count())
)python") {
    auto a = make(User{.id = 1, .name = "a", .age = 1}), b = make(User{.id = 2, .name = "b", .age = 2});
    session.add_all(a, b);
    session.commit();
    session.query<User>().filter(col<&User::age> == 1).update(col<&User::name> = "aa");
    show(a->name);
    session.expire(b);
    session.query<User>()
        .filter(col<&User::age> == 2)
        .synchronize_session(SynchronizeSession::fetch)
        .update(col<&User::name> = "bb");
    show(b->name);
    session.expire_all();
    session.query<User>().filter(col<&User::age> == 2).delete_();
    show(session.contains(b));
    session.commit();
    show(session.query<User>().count());
}

}  // namespace differential
