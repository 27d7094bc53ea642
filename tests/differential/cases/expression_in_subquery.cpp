// IN and NOT IN with a SELECT.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, in_subquery, R"python(
wanted = select(Address.user_id).where(Address.email == 'x')
session.query(User.id).filter(User.id.in_(wanted)).all()
session.query(User.id).filter(User.id.not_in(wanted)).all()
session.query(User.id).filter(~User.id.in_(wanted), User.age == 1).all()
session.query(User.id).filter(User.id.in_(session.query(Address.user_id).filter(Address.id > 2))).all()
)python") {
    auto wanted = select(col<&Address::user_id>).where(col<&Address::email> == "x");
    session.query(col<&User::id>).filter(col<&User::id>.in_(wanted)).all();
    session.query(col<&User::id>).filter(col<&User::id>.not_in(wanted)).all();
    session.query(col<&User::id>).filter(!col<&User::id>.in_(wanted), col<&User::age> == 1).all();
    session.query(col<&User::id>)
        .filter(col<&User::id>.in_(session.query(col<&Address::user_id>).filter(col<&Address::id> > 2)))
        .all();
}

}  // namespace differential
