// LIKE, NOT LIKE, ILIKE, with and without an escape character.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, like, R"python(
q = session.query(User.id)
q.filter(User.name.like('%ed%')).all()
q.filter(User.name.not_like('e_')).all()
q.filter(~User.name.like('e/_', escape='/')).all()
q.filter(User.name.ilike('ED%')).all()
q.filter(User.name.not_ilike('ED%')).all()
q.filter(User.name.like(User.fullname)).all()
)python") {
    auto q = session.query(col<&User::id>);
    q.filter(col<&User::name>.like("%ed%")).all();
    q.filter(col<&User::name>.not_like("e_")).all();
    q.filter(!col<&User::name>.like("e/_", "/")).all();
    q.filter(col<&User::name>.ilike("ED%")).all();
    q.filter(col<&User::name>.not_ilike("ED%")).all();
    q.filter(col<&User::name>.like(col<&User::fullname>)).all();
}

}  // namespace differential
