// Functions, their labels, and functions in criteria.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, functions, R"python(
session.query(func.lower(User.name), func.upper(User.name), func.lower('X')).all()
session.query(func.count(User.id), func.count(), func.count('*')).select_from(User).all()
session.query(func.max(User.age), func.min(User.age), func.sum(User.age), func.avg(User.age)).all()
session.query(func.coalesce(User.fullname, User.name, 'none'), func.length(User.name)).all()
session.query(func.abs(User.age - 5), func.nullif(User.age, 1), func.trim(User.name)).all()
session.query(User.id).filter(func.lower(User.name) == 'ed', func.length(User.name) > 2).all()
session.query(func.substr(User.name, 1, 2).label('start')).all()
)python") {
    session.query(func::lower(col<&User::name>), func::upper(col<&User::name>), func::lower("X")).all();
    // count() without a column says nothing of a table: the first column does here.
    session.query(func::count(col<&User::id>), func::count(), func::count("*")).all();
    session
        .query(func::max(col<&User::age>), func::min(col<&User::age>), func::sum(col<&User::age>),
               func::avg(col<&User::age>))
        .all();
    session.query(func::coalesce(col<&User::fullname>, col<&User::name>, "none"), func::length(col<&User::name>)).all();
    session.query(func::abs(col<&User::age> - 5), func::nullif(col<&User::age>, 1), func::trim(col<&User::name>)).all();
    session.query(col<&User::id>)
        .filter(func::lower(col<&User::name>) == "ed", func::length(col<&User::name>) > 2)
        .all();
    session.query(func::call<std::string>("substr", col<&User::name>, 1, 2).label("start")).all();
}

}  // namespace differential
