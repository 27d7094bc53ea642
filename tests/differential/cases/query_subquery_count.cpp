// A query inside of another: subquery in FROM, IN, and count over a join of two classes.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, subquery_count, R"python(
session.query(User).filter(User.id.in_(session.query(Address.user_id).filter(Address.email.like('%@x')))).all()
session.query(User, Address).filter(User.id == Address.user_id).count()
n = select(Address.user_id, func.count().label('n')).group_by(Address.user_id).subquery()
session.query(User, n.c.n).filter(User.id == n.c.user_id).order_by(n.c.n).all()
)python") {
    session.query<User>()
        .filter(col<&User::id>.in_(session.query(col<&Address::user_id>).filter(col<&Address::email>.like("%@x"))))
        .all();
    session.query<User, Address>().filter(col<&User::id> == col<&Address::user_id>).count();
    auto n = select(col<&Address::user_id>, func::count().label("n")).group_by(col<&Address::user_id>).subquery();
    session.query(entity<User>, n.c<std::int64_t>("n"))
        .filter(col<&User::id> == n.c(col<&Address::user_id>))
        .order_by(n.c<std::int64_t>("n"))
        .all();
}

}  // namespace differential
