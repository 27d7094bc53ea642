// A SELECT as a FROM element, its columns by object and by name.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, subquery, R"python(
counts = select(Address.user_id, func.count(Address.id).label('n')).group_by(Address.user_id).subquery()
session.query(User.name, counts.c.n).filter(User.id == counts.c.user_id).all()
session.query(counts.c.user_id).filter(counts.c.n > 1).order_by(counts.c.n.desc()).all()
named = select(User.id, User.name).where(User.age > 3).subquery('grown')
session.query(named.c.name).filter(named.c.id == 1).all()
session.execute(select(counts.c.n, named.c.id).where(counts.c.user_id == named.c.id)).all()
)python") {
    auto counts = select(col<&Address::user_id>, func::count(col<&Address::id>).label("n"))
                      .group_by(col<&Address::user_id>)
                      .subquery();
    const auto n = counts.c<std::int64_t>("n");
    session.query(col<&User::name>, n).filter(col<&User::id> == counts.c(col<&Address::user_id>)).all();
    session.query(counts.c(col<&Address::user_id>)).filter(n > 1).order_by(n.desc()).all();
    auto named = select(col<&User::id>, col<&User::name>).where(col<&User::age> > 3).subquery("grown");
    session.query(named.c(col<&User::name>)).filter(named.c(col<&User::id>) == 1).all();
    session
        .execute(select(n, named.c(col<&User::id>)).where(counts.c(col<&Address::user_id>) == named.c(col<&User::id>)))
        .all();
}

}  // namespace differential
