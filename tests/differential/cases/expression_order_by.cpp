// ORDER BY: directions, NULLS FIRST and LAST, expressions, several calls.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, order_by, R"python(
session.query(User.id).order_by(User.name, User.age.desc()).all()
session.query(User.id).order_by(User.name.asc()).order_by(User.id).all()
session.query(User.id).order_by(User.age.desc().nulls_last(), User.name.nulls_first()).all()
session.query(User.id).order_by(func.lower(User.name), (User.age + 1).desc()).all()
session.query(User.id, User.name).order_by('name').all()
)python") {
    session.query(col<&User::id>).order_by(col<&User::name>, col<&User::age>.desc()).all();
    session.query(col<&User::id>).order_by(col<&User::name>.asc()).order_by(col<&User::id>).all();
    session.query(col<&User::id>).order_by(col<&User::age>.desc().nulls_last(), col<&User::name>.nulls_first()).all();
    session.query(col<&User::id>).order_by(func::lower(col<&User::name>), (col<&User::age> + 1).desc()).all();
    session.query(col<&User::id>, col<&User::name>).order_by("name").all();
}

}  // namespace differential
