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
    auto a = session.add(User{.name = func::upper("ed"), .age = literal_column<int>("2") + 3});
    session.add(User{.name = "plain"});
    session.flush();
    show(a->name, a->age);
}

}  // namespace differential
