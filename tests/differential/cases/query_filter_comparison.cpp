// == != < <= > >= of columns with values and with columns.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, filter_comparison, R"python(
session.query(User.id).filter(User.name == 'ed').all()
session.query(User.id).filter(User.name != 'ed').all()
session.query(User.id).filter(User.age < 1, User.age <= 2, User.age > 3, User.age >= 4).all()
session.query(User.id).filter(1 < User.age, 'ed' == User.name).all()
session.query(User.id).filter(User.name == User.fullname).all()
session.query(User.id).filter((User.age == 1) == (User.id == 2)).all()
)python") {
    session.query(col<&User::id>).filter(col<&User::name> == "ed").all();
    session.query(col<&User::id>).filter(col<&User::name> != "ed").all();
    session.query(col<&User::id>)
        .filter(col<&User::age> < 1, col<&User::age> <= 2, col<&User::age> > 3, col<&User::age> >= 4)
        .all();
    session.query(col<&User::id>).filter(1 < col<&User::age>, "ed" == col<&User::name>).all();
    session.query(col<&User::id>).filter(col<&User::name> == col<&User::fullname>).all();
    session.query(col<&User::id>).filter((col<&User::age> == 1) == (col<&User::id> == 2)).all();
}

}  // namespace differential
