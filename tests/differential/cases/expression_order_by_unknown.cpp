// A name in ORDER BY that is neither label nor column.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, order_by_unknown, R"python(
with fails():
    session.query(User.id).order_by('nonexistent').all()
session.query(User.id).order_by(text('users.name DESC')).all()
)python") {
    fails([&] { session.query(col<&User::id>).order_by("nonexistent").all(); });
    session.query(col<&User::id>).order_by(text("users.name DESC")).all();
}

}  // namespace differential
