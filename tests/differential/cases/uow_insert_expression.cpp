// SQL expressions as values of an INSERT; what the database computed is read at the next access.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, insert_expression, R"python(
a = User(name=func.upper('ed'), age=literal_column('2') + 3)
session.add(a)
session.add(User(name='plain'))
session.flush()
show(a.name, a.age)
)python") {
    // A plain value holds no expression except null(): the object is made first.
    auto a = make(User{});
    a->name = func::upper("ed");
    a->age = literal_column<int>("2") + 3;
    session.add(a);
    session.add(User{.name = "plain"});
    session.flush();
    show(a->name, a->age);
}

}  // namespace differential
