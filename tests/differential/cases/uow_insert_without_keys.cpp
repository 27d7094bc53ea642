// Several objects without keys are inserted one by one, in the order of add.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, insert_without_keys, R"python(
a, b, c = User(name='c'), User(name='a'), User(name='b', age=3)
session.add_all([a, b])
session.add(c)
session.flush()
show(a.id, b.id, c.id)
)python") {
    auto a = make(User{.name = "c"}), b = make(User{.name = "a"}), c = make(User{.name = "b", .age = 3});
    session.add_all(a, b);
    session.add(c);
    session.flush();
    show(a->id, b->id, c->id);
}

}  // namespace differential
