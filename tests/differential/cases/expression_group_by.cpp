// GROUP BY and HAVING, several columns and calls.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, group_by, R"python(
session.query(User.name, func.count(User.id)).group_by(User.name).all()
session.query(User.name, func.count(User.id)).group_by(User.name).having(func.count(User.id) > 1).all()
session.query(User.name, User.age, func.max(User.id)).group_by(User.name, User.age).all()
session.query(User.name, func.max(User.id)).group_by(User.name).group_by(User.age).having(User.age > 1).having(User.age < 9).all()
session.query(func.lower(User.name)).group_by(func.lower(User.name)).order_by(func.count().desc()).all()
)python") {
    session.query(col<&User::name>, func::count(col<&User::id>)).group_by(col<&User::name>).all();
    session.query(col<&User::name>, func::count(col<&User::id>))
        .group_by(col<&User::name>)
        .having(func::count(col<&User::id>) > 1)
        .all();
    session.query(col<&User::name>, col<&User::age>, func::max(col<&User::id>))
        .group_by(col<&User::name>, col<&User::age>)
        .all();
    session.query(col<&User::name>, func::max(col<&User::id>))
        .group_by(col<&User::name>)
        .group_by(col<&User::age>)
        .having(col<&User::age> > 1)
        .having(col<&User::age> < 9)
        .all();
    session.query(func::lower(col<&User::name>))
        .group_by(func::lower(col<&User::name>))
        .order_by(func::count().desc())
        .all();
}

}  // namespace differential
