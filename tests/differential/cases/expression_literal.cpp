// Literals, NULL and parameters as expressions, and SQL as it stands.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, literal, R"python(
session.query(literal(1), literal('x'), User.id).all()
session.query(User.id, null()).all()
session.query(literal_column('1 + 1').label('two'), User.id).all()
session.query(User.id).filter(literal(5) == User.age).all()
session.query(User.id).filter(User.age == literal_column('length(name)')).all()
session.execute(select(users.c.id).where(users.c.name == bindparam('who')), {'who': 'ed'}).all()
session.execute(select(users.c.id).where(users.c.age > bindparam('least', 3))).all()
)python") {
    session.query(literal(1), literal("x"), col<&User::id>).all();
    session.query(col<&User::id>, type_coerce<std::optional<int>>(null())).all();
    session.query(literal_column<int>("1 + 1").label("two"), col<&User::id>).all();
    session.query(col<&User::id>).filter(literal(5) == col<&User::age>).all();
    session.query(col<&User::id>).filter(col<&User::age> == literal_column<int>("length(name)")).all();
    session.execute(select(col<&User::id>).where(col<&User::name> == bindparam<std::string>("who")), "who"_a = "ed")
        .all();
    session.execute(select(col<&User::id>).where(col<&User::age> > bindparam("least", 3))).all();
}

}  // namespace differential
