// SELECT DISTINCT, and DISTINCT inside of an aggregate.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, distinct, R"python(
session.query(User.name).distinct().all()
session.query(User).distinct().all()
session.query(func.count(User.name.distinct())).all()
session.query(func.count(distinct(User.age))).scalar()
session.query(User.name).distinct().order_by(User.name).limit(2).all()
)python") {
    session.query(col<&User::name>).distinct().all();
    session.query<User>().distinct().all();
    session.query(func::count(col<&User::name>.distinct())).all();
    session.query(func::count(distinct(col<&User::age>))).scalar();
    session.query(col<&User::name>).distinct().order_by(col<&User::name>).limit(2).all();
}

}  // namespace differential
