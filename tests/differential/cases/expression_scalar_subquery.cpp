// A SELECT as a value: in columns, in criteria, correlated and not.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, scalar_subquery, R"python(
count = select(func.count(Address.id)).where(Address.user_id == User.id).scalar_subquery()
session.query(User.name, count).all()
session.query(User.name, count.label('n')).order_by('n').all()
session.query(User.id).filter(count > 2).all()
session.query(User.id).filter(User.age == select(func.max(User.age)).scalar_subquery()).all()
session.query(User.id).filter(User.age + count > 1).all()
)python") {
    auto count =
        select(func::count(col<&Address::id>)).where(col<&Address::user_id> == col<&User::id>).scalar_subquery();
    session.query(col<&User::name>, count).all();
    session.query(col<&User::name>, count.label("n")).order_by("n").all();
    session.query(col<&User::id>).filter(count > 2).all();
    session.query(col<&User::id>).filter(col<&User::age> == select(func::max(col<&User::age>)).scalar_subquery()).all();
    session.query(col<&User::id>).filter(col<&User::age> + count > 1).all();
}

}  // namespace differential
