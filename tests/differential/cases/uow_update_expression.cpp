// An SQL expression as the new value: written inline, alone, and read at the next access.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, update_expression, R"python(
a, b, c = User(id=1, name='a', age=1), User(id=2, name='b', age=2), User(id=3, name='c', age=3)
session.add_all([a, b, c])
session.flush()
a.name = User.name + 'x'
b.name = 'bb'
c.name = 'cc'
session.flush()
show(a.name, a.age)
a.age = User.age + 1
b.age = User.age + 1
session.flush()
show(a.age, b.age)
)python") {
    auto a = make(User{.id = 1, .name = "a", .age = 1}), b = make(User{.id = 2, .name = "b", .age = 2}),
         c = make(User{.id = 3, .name = "c", .age = 3});
    session.add_all(a, b, c);
    session.flush();
    a->name = col<&User::name> + "x";
    b->name = "bb";
    c->name = "cc";
    session.flush();
    show(a->name, a->age);
    a->age = col<&User::age> + 1;
    b->age = col<&User::age> + 1;
    session.flush();
    show(a->age, b->age);
}

}  // namespace differential
