// AND and OR: nesting, flattening, and constants that decide or do not.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, and_or, R"python(
q = session.query(User.id)
a, b, c = User.age == 1, User.name == 'b', User.id == 3
q.filter(and_(a, b, c)).all()
q.filter(or_(a, b, c)).all()
q.filter(a & b | c).all()
q.filter(a & (b | c)).all()
q.filter(or_(a, or_(b, c))).all()
q.filter(and_(a, and_(b, c))).all()
q.filter(or_(and_(a, b), c)).all()
q.filter(and_(or_(a, b), or_(b, c))).all()
q.filter(and_(True, a)).all()
q.filter(or_(False, a)).all()
q.filter(or_(True, a)).all()
q.filter(and_(False, a)).all()
q.filter(a, or_(b, c)).filter(c).all()
)python") {
    auto q = session.query(col<&User::id>);
    const Expr a = col<&User::age> == 1, b = col<&User::name> == "b", c = col<&User::id> == 3;
    q.filter(and_(a, b, c)).all();
    q.filter(or_(a, b, c)).all();
    q.filter((a && b) || c).all();
    q.filter(a && (b || c)).all();
    q.filter(or_(a, or_(b, c))).all();
    q.filter(and_(a, and_(b, c))).all();
    q.filter(or_(and_(a, b), c)).all();
    q.filter(and_(or_(a, b), or_(b, c))).all();
    q.filter(and_(true, a)).all();
    q.filter(or_(false, a)).all();
    q.filter(or_(true, a)).all();
    q.filter(and_(false, a)).all();
    q.filter(a, or_(b, c)).filter(c).all();
}

}  // namespace differential
