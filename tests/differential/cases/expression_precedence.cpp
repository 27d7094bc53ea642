// Parentheses only where the precedence of operators asks for them.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, precedence, R"python(
x, y = User.age, User.id
session.query((x + y) * 2, x + y * 2, x * 2 + y, x * (y + 2)).all()
session.query(x - (y - 1), (x - y) - 1, x + (y + 1), (x + y) + 1).all()
a, b = users.c.age, users.c.id
session.execute(select(-(a + b), (-a) * 2, -a + b, a - -b)).all()
session.query((x * y) * 2, x * (y * 2), x % (y * 2), (x % y) * 2).all()
session.query(User.id).filter((x + 1 == 2) == (y * 2 == 3)).all()
session.query(User.id).filter((x + 1).in_([1, 2]), (x - 1).is_(None), -x == 3).all()
)python") {
    const auto x = col<&User::age>;
    const auto y = col<&User::id>;
    session.query((x + y) * 2, x + y * 2, x * 2 + y, x * (y + 2)).all();
    session.query(x - (y - 1), (x - y) - 1, x + (y + 1), (x + y) + 1).all();
    session.execute(select(-(x + y), (-x) * 2, -x + y, x - -y)).all();
    session.query((x * y) * 2, x * (y * 2), x % (y * 2), (x % y) * 2).all();
    session.query(col<&User::id>).filter((x + 1 == 2) == (y * 2 == 3)).all();
    session.query(col<&User::id>).filter((x + 1).in_({1, 2}), (x - 1).is_(std::nullopt), -x == 3).all();
}

}  // namespace differential
