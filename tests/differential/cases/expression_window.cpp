// Window functions: PARTITION BY, ORDER BY, frames, and FILTER of an aggregate.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, window, R"python(
session.query(User.id, func.row_number().over(order_by=User.name)).all()
session.query(User.id, func.rank().over(partition_by=User.age, order_by=User.name.desc()).label('place')).all()
session.query(func.sum(User.age).over(order_by=User.id, rows=(None, 0))).all()
session.query(func.sum(User.age).over(order_by=User.id, rows=(-1, 1))).all()
session.query(func.count(User.id).filter(User.age > 3)).all()
)python") {
    session.query(col<&User::id>, func::row_number().over(Window{}.order_by(col<&User::name>))).all();
    session
        .query(
            col<&User::id>,
            func::rank().over(Window{}.partition_by(col<&User::age>).order_by(col<&User::name>.desc())).label("place"))
        .all();
    session.query(func::sum(col<&User::age>).over(Window{}.order_by(col<&User::id>).rows(std::nullopt, 0))).all();
    session.query(func::sum(col<&User::age>).over(Window{}.order_by(col<&User::id>).rows(-1, 1))).all();
    session.query(func::count(col<&User::id>).filter(col<&User::age> > 3)).all();
}

}  // namespace differential
