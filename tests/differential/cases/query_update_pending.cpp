// Query.update() and delete() flush first; an object that is then changed writes its own UPDATE.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, update_pending, R"python(
a = User(id=1, name='a', age=1)
session.add(a)
session.query(User).filter(User.name == 'a').update({User.age: 2})
show(a.age)
a.name = 'b'
session.query(User).filter(User.name == 'b').update({User.fullname: 'B'})
show(a.fullname)
a.age = 7
session.flush()
session.commit()
show(a.name, a.age, a.fullname)
)python") {
    differs(
        "SQLAlchemy leaves an attribute that was never set as it is in memory, and shows a stale None; aludel sets it",
        "show None", "show 'B'");
    auto a = session.add(User{.id = 1, .name = "a", .age = 1});
    session.query<User>().filter(col<&User::name> == "a").update(col<&User::age> = 2);
    show(a->age);
    a->name = "b";
    session.query<User>().filter(col<&User::name> == "b").update(col<&User::fullname> = "B");
    show(a->fullname);
    a->age = 7;
    session.flush();
    session.commit();
    show(a->name, a->age, a->fullname);
}

}  // namespace differential
