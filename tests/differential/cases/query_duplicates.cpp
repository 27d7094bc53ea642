// Rows of one class come without duplicates, rows of columns as they are.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, duplicates, R"python(
session.add_all([User(id=1, name='a'), Address(id=1, email='x', user_id=1), Address(id=2, email='y', user_id=1)])
session.commit()
show(len(session.query(User).filter(User.id == Address.user_id).all()))
show(session.query(User).filter(User.id == Address.user_id).count())
show(len(session.query(User.id).filter(User.id == Address.user_id).all()))
show(len(session.query(User, Address.id).filter(User.id == Address.user_id).all()))
)python") {
    session.add_all(User{.id = 1, .name = "a"}, Address{.id = 1, .email = "x", .user_id = 1},
                    Address{.id = 2, .email = "y", .user_id = 1});
    session.commit();
    const auto size = [](const auto& rows) { return static_cast<int>(rows.size()); };
    show(size(session.query<User>().filter(col<&User::id> == col<&Address::user_id>).all()));
    show(session.query<User>().filter(col<&User::id> == col<&Address::user_id>).count());
    show(size(session.query(col<&User::id>).filter(col<&User::id> == col<&Address::user_id>).all()));
    show(size(session.query(entity<User>, col<&Address::id>).filter(col<&User::id> == col<&Address::user_id>).all()));
}

}  // namespace differential
