// A name in ORDER BY that is neither label nor column; SQL by hand is.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, order_by_unknown, R"python(
session.query(User.id).order_by(text('users.name DESC')).all()
with fails():
    session.query(User.id).order_by('nonexistent').all()
)python") {
    session.query(col<&User::id>).order_by(text("users.name DESC")).all();
    fails([&] { session.query(col<&User::id>).order_by("nonexistent").all(); });
}

}  // namespace differential
