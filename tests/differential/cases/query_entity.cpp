// A query of a class: all columns with labels; several classes; a class and columns.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, entity, R"python(
session.add_all([User(id=1, name='a', age=3), Address(id=1, email='e', user_id=1)])
session.flush()
show(len(session.query(User).all()))
session.query(User, Address).filter(User.id == Address.user_id).all()
session.query(User, User.name, func.length(User.name)).all()
session.query(Address.email, User).filter(User.id == Address.user_id).order_by(Address.id).all()
other = aliased(User)
session.query(User, other).filter(User.id == other.id).all()
)python") {
    session.add_all(User{.id = 1, .name = "a", .age = 3}, Address{.id = 1, .email = "e", .user_id = 1});
    session.flush();
    show(static_cast<int>(session.query<User>().all().size()));
    session.query<User, Address>().filter(col<&User::id> == col<&Address::user_id>).all();
    session.query(entity<User>, col<&User::name>, func::length(col<&User::name>)).all();
    session.query(col<&Address::email>, entity<User>)
        .filter(col<&User::id> == col<&Address::user_id>)
        .order_by(col<&Address::id>)
        .all();
    auto other = aliased<User>();
    session.query(entity<User>, other).filter(col<&User::id> == other[&User::id]).all();
}

}  // namespace differential
