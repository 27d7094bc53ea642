// EXISTS as a criterion and as a column, correlated by itself.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, exists, R"python(
session.query(User.id).filter(exists().where(Address.user_id == User.id)).all()
session.query(User.id).filter(exists().where(Address.user_id == User.id), User.age == 1).all()
session.query(User.id).filter(~exists().where(Address.user_id == User.id).where(Address.id > 5)).all()
session.query(User.id).filter(session.query(Address.id).filter(Address.user_id == User.id).exists()).all()
session.query(session.query(User).filter(User.name == 'ed').exists()).scalar()
session.query(User.id).filter(select(Address.id).where(Address.user_id == User.id).exists()).all()
)python") {
    session.query(col<&User::id>).filter(exists().where(col<&Address::user_id> == col<&User::id>)).all();
    session.query(col<&User::id>)
        .filter(exists().where(col<&Address::user_id> == col<&User::id>), col<&User::age> == 1)
        .all();
    session.query(col<&User::id>)
        .filter(!exists().where(col<&Address::user_id> == col<&User::id>).where(col<&Address::id> > 5))
        .all();
    session.query(col<&User::id>)
        .filter(session.query(col<&Address::id>).filter(col<&Address::user_id> == col<&User::id>).exists())
        .all();
    session.query(session.query<User>().filter(col<&User::name> == "ed").exists()).scalar();
    session.query(col<&User::id>)
        .filter(select(col<&Address::id>).where(col<&Address::user_id> == col<&User::id>).exists())
        .all();
}

}  // namespace differential
