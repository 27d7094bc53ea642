// A class and a table under another name.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, alias, R"python(
other = aliased(User)
session.query(User.name, other.name).filter(User.age == other.age, User.id < other.id).all()
session.query(other).filter(other.name == 'x').all()
named = aliased(User, name='boss')
session.query(named.id).filter(named.name.like('a%')).all()
a, b = users.alias('a'), users.alias()
session.execute(select(a.c.id, b.c.id).where(a.c.age == b.c.id)).all()
)python") {
    auto other = aliased<User>();
    session.query(col<&User::name>, other[&User::name])
        .filter(col<&User::age> == other[&User::age], col<&User::id> < other[&User::id])
        .all();
    session.query(other).filter(other[&User::name] == "x").all();
    auto named = aliased<User>("boss");
    session.query(named[&User::id]).filter(named[&User::name].like("a%")).all();
    auto a = alias(users, "a"), b = alias(users);
    session.execute(select(a.c(col<&User::id>), b.c(col<&User::id>)).where(a.c(col<&User::age>) == b.c(col<&User::id>)))
        .all();
}

}  // namespace differential
