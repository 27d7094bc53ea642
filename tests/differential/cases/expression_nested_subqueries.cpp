// Subqueries in subqueries, one subquery used twice, anonymous names in the order of their use.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, nested_subqueries, R"python(
inner = select(Address.user_id, func.count(Address.id).label('n')).group_by(Address.user_id).subquery()
outer = select(inner.c.user_id, inner.c.n).where(inner.c.n > 1).subquery()
session.query(outer.c.n).all()
session.query(User.name, outer.c.n).filter(User.id == outer.c.user_id).all()
a, b = select(User.id).subquery(), select(User.id, User.age).subquery()
session.execute(select(b.c.age, a.c.id).where(a.c.id == b.c.id)).all()
session.execute(select(func.count()).select_from(a)).all()
other = aliased(User)
session.query(User.id).filter(exists().where(and_(other.name == User.name, other.id != User.id))).all()
session.query(User.id).filter(User.age > select(func.avg(other.age)).where(other.name == User.name).scalar_subquery()).all()
)python") {
    auto inner = select(col<&Address::user_id>, func::count(col<&Address::id>).label("n"))
                     .group_by(col<&Address::user_id>)
                     .subquery();
    const auto inner_user = inner.c(col<&Address::user_id>);
    const auto inner_n = inner.c<std::int64_t>("n");
    auto outer = select(inner_user, inner_n).where(inner_n > 1).subquery();
    const auto n = outer.c<std::int64_t>("n");
    session.query(n).all();
    session.query(col<&User::name>, n).filter(col<&User::id> == outer.c<int>("user_id")).all();
    auto a = select(col<&User::id>).subquery();
    auto b = select(col<&User::id>, col<&User::age>).subquery();
    session.execute(select(b.c(col<&User::age>), a.c(col<&User::id>)).where(a.c(col<&User::id>) == b.c(col<&User::id>)))
        .all();
    session.execute(select(func::count()).select_from(a)).all();
    auto other = aliased<User>();
    session.query(col<&User::id>)
        .filter(exists().where(and_(other[&User::name] == col<&User::name>, other[&User::id] != col<&User::id>)))
        .all();
    session.query(col<&User::id>)
        .filter(col<&User::age> >
                select(func::avg(other[&User::age])).where(other[&User::name] == col<&User::name>).scalar_subquery())
        .all();
}

}  // namespace differential
