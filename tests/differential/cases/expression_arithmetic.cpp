// + - * / % and unary minus, with the value on either side.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, arithmetic, R"python(
session.query(User.age + 1, User.age - 2, User.age * 3, User.age % 4).all()
session.query(1 + User.age, 2 - User.age, 3 * User.age, 4 % User.age).all()
session.query(-User.age, User.age + User.id).all()
session.query(Item.price / 2, 2.5 / Item.price, Item.price * Item.quantity).all()
session.query(User.id).filter(User.age + 1 > 5).all()
)python") {
    session.query(col<&User::age> + 1, col<&User::age> - 2, col<&User::age> * 3, col<&User::age> % 4).all();
    session.query(1 + col<&User::age>, 2 - col<&User::age>, 3 * col<&User::age>, 4 % col<&User::age>).all();
    session.query(-col<&User::age>, col<&User::age> + col<&User::id>).all();
    session.query(col<&Item::price> / 2, 2.5 / col<&Item::price>, col<&Item::price> * col<&Item::quantity>).all();
    session.query(col<&User::id>).filter(col<&User::age> + 1 > 5).all();
}

}  // namespace differential
