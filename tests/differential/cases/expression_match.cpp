// MATCH, which SQLite refuses where there is no full text search.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, match, R"python(
session.add(User(name='ed'))
with fails():
    session.query(User.id).filter(User.name.match('wendy')).all()
)python") {
    session.add(User{.name = "ed"});
    fails([&] { session.query(col<&User::id>).filter(col<&User::name>.match("wendy")).all(); });
}

}  // namespace differential
