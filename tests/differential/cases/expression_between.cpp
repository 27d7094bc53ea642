// BETWEEN with values, columns and expressions, and its negation.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, between, R"python(
q = session.query(User.id)
q.filter(User.age.between(1, 5)).all()
q.filter(~User.age.between(1, 5)).all()
q.filter(User.age.between(User.id, User.id + 5), User.name == 'x').all()
q.filter((User.age + 1).between(2, 3)).all()
)python") {
    auto q = session.query(col<&User::id>);
    q.filter(col<&User::age>.between(1, 5)).all();
    q.filter(!col<&User::age>.between(1, 5)).all();
    q.filter(col<&User::age>.between(col<&User::id>, col<&User::id> + 5), col<&User::name> == "x").all();
    q.filter((col<&User::age> + 1).between(2, 3)).all();
}

}  // namespace differential
