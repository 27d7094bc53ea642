// Boolean columns as criteria, and the constants true and false.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, boolean, R"python(
q = session.query(User.id)
q.filter(User.active).all()
q.filter(~User.active).all()
q.filter(User.active == True).all()
q.filter(User.active != True).all()
q.filter(User.active.is_(False)).all()
q.filter(User.active, User.age > 1).all()
q.filter(or_(User.active, ~User.active)).all()
q.filter(true()).all()
q.filter(false()).all()
)python") {
    auto q = session.query(col<&User::id>);
    q.filter(col<&User::active>).all();
    q.filter(!col<&User::active>).all();
    q.filter(col<&User::active> == true).all();
    q.filter(col<&User::active> != true).all();
    q.filter(col<&User::active>.is_(false)).all();
    q.filter(col<&User::active>, col<&User::age> > 1).all();
    q.filter(or_(col<&User::active>, !col<&User::active>)).all();
    q.filter(true_()).all();
    q.filter(false_()).all();
}

}  // namespace differential
