// Labels in columns, in ORDER BY and GROUP BY (by object and by name), and in criteria.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, label, R"python(
total = (User.age + User.id).label('total')
session.query(total).order_by(total).all()
session.query(total).order_by('total').all()
session.query(total).order_by(total.desc()).all()
session.query(total).order_by(desc('total')).all()
session.query(User.name.label('who')).filter(User.name.label('who') == 'x').all()
session.query(total, func.count()).group_by('total').all()
session.query(total, func.count()).group_by(total).having(total > 3).all()
)python") {
    auto total = (col<&User::age> + col<&User::id>).label("total");
    session.query(total).order_by(total).all();
    session.query(total).order_by("total").all();
    session.query(total).order_by(total.desc()).all();
    session.query(total).order_by(desc("total")).all();
    session.query(col<&User::name>.label("who")).filter(col<&User::name>.label("who") == "x").all();
    session.query(total, func::count()).group_by("total").all();
    session.query(total, func::count()).group_by(total).having(total > 3).all();
}

}  // namespace differential
