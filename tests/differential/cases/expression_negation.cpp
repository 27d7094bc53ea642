// NOT is folded into the operator where that is possible.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, negation, R"python(
q = session.query(User.id)
a, b = User.age == 1, User.name == 'b'
q.filter(~(User.age == 1)).all()
q.filter(~(User.age < 1), ~(User.age >= 2)).all()
q.filter(~and_(a, b)).all()
q.filter(~or_(a, b)).all()
q.filter(~and_(a, b), ~~a).all()
q.filter(not_(User.name.like('x')), not_(User.age.is_(None))).all()
q.filter(not_(not_(and_(a, b)))).all()
q.filter(~exists().where(Address.user_id == User.id)).all()
)python") {
    auto q = session.query(col<&User::id>);
    const Expr a = col<&User::age> == 1, b = col<&User::name> == "b";
    q.filter(!(col<&User::age> == 1)).all();
    q.filter(!(col<&User::age> < 1), !(col<&User::age> >= 2)).all();
    q.filter(!and_(a, b)).all();
    q.filter(!or_(a, b)).all();
    q.filter(!and_(a, b), !!a).all();
    q.filter(not_(col<&User::name>.like("x")), not_(col<&User::age>.is_(std::nullopt))).all();
    q.filter(not_(not_(and_(a, b)))).all();
    q.filter(!exists().where(col<&Address::user_id> == col<&User::id>)).all();
}

}  // namespace differential
