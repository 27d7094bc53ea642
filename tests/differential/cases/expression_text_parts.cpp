// startswith, endswith, contains, with autoescape and with an escape character.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, text_parts, R"python(
q = session.query(User.id)
q.filter(User.name.startswith('e')).all()
q.filter(User.name.endswith('d')).all()
q.filter(User.name.contains('d')).all()
q.filter(~User.name.contains('d')).all()
q.filter(User.name.contains('50%_/', autoescape=True)).all()
q.filter(User.name.startswith('a%b', autoescape=True, escape='^')).all()
q.filter(User.name.endswith('a^_', escape='^')).all()
q.filter(User.name.startswith(User.fullname)).all()
q.filter(User.name.contains(User.fullname + 'x')).all()
)python") {
    auto q = session.query(col<&User::id>);
    q.filter(col<&User::name>.startswith("e")).all();
    q.filter(col<&User::name>.endswith("d")).all();
    q.filter(col<&User::name>.contains("d")).all();
    q.filter(!col<&User::name>.contains("d")).all();
    q.filter(col<&User::name>.contains("50%_/", autoescape)).all();
    q.filter(col<&User::name>.startswith("a%b", autoescape, "^")).all();
    q.filter(col<&User::name>.endswith("a^_", "^")).all();
    q.filter(col<&User::name>.startswith(col<&User::fullname>)).all();
    q.filter(col<&User::name>.contains(col<&User::fullname> + "x")).all();
}

}  // namespace differential
