// CASE with conditions, with a value, and without ELSE.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, case, R"python(
session.query(case((User.age < 18, 'young'), (User.age < 65, 'grown'), else_='old')).all()
session.query(case((User.age == None, 0)).label('kind')).all()
session.query(User.id).filter(case((User.age > 1, User.name), else_=User.fullname) == 'x').all()
session.query(User.id).order_by(case((User.name == 'ed', 0), else_=1)).all()
)python") {
    session.query(case_(when(col<&User::age> < 18, "young"), when(col<&User::age> < 65, "grown"), else_("old"))).all();
    session.query(case_(when(col<&User::age> == std::nullopt, 0)).label("kind")).all();
    session.query(col<&User::id>)
        .filter(case_(when(col<&User::age> > 1, col<&User::name>), else_(col<&User::fullname>)) == "x")
        .all();
    session.query(col<&User::id>).order_by(case_(when(col<&User::name> == "ed", 0), else_(1))).all();
}

}  // namespace differential
