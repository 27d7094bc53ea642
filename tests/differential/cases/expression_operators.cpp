// Operators of the user's own, COLLATE, IS DISTINCT FROM.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, operators, R"python(
session.query(User.age.op('&')(3)).all()
session.query(User.id).filter(User.age.op('&')(3) == 1).all()
session.query(User.id).filter(User.name.bool_op('GLOB')('e*')).all()
session.query(User.id).filter(User.age.is_distinct_from(None), User.age.is_distinct_from(User.id)).all()
session.query(User.id).filter(User.age.is_not_distinct_from(3)).all()
session.query(User.id).order_by(User.name.collate('NOCASE')).all()
session.query(User.id).filter(User.name.collate('NOCASE') == 'ED').all()
)python") {
    session.query(col<&User::age>.op("&", 3)).all();
    session.query(col<&User::id>).filter(col<&User::age>.op("&", 3) == 1).all();
    session.query(col<&User::id>).filter(col<&User::name>.bool_op("GLOB", "e*")).all();
    session.query(col<&User::id>)
        .filter(col<&User::age>.is_distinct_from(std::nullopt), col<&User::age>.is_distinct_from(col<&User::id>))
        .all();
    session.query(col<&User::id>).filter(col<&User::age>.is_not_distinct_from(3)).all();
    session.query(col<&User::id>).order_by(col<&User::name>.collate("NOCASE")).all();
    session.query(col<&User::id>).filter(col<&User::name>.collate("NOCASE") == "ED").all();
}

}  // namespace differential
