// + on text is ||.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, concat, R"python(
session.query(User.name + 'x', 'x' + User.name, User.name + User.fullname).all()
session.query(User.name + ' ' + User.fullname).all()
session.query(User.name.concat('y')).all()
session.query(User.id).filter(User.name + 'x' == 'edx').all()
session.query(User.id).filter((User.name + 'x').like('e%')).all()
)python") {
    session.query(col<&User::name> + "x", "x" + col<&User::name>, col<&User::name> + col<&User::fullname>).all();
    session.query(col<&User::name> + " " + col<&User::fullname>).all();
    session.query(col<&User::name>.concat("y")).all();
    session.query(col<&User::id>).filter(col<&User::name> + "x" == "edx").all();
    session.query(col<&User::id>).filter((col<&User::name> + "x").like("e%")).all();
}

}  // namespace differential
