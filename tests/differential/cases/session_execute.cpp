// Core statements in the session's transaction.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, execute, R"python(
session.add(User(name='a'))
session.flush()
show(session.execute(select(users.c.name)).scalar())
session.execute(users.insert().values(name='b'))
session.execute(users.update().where(users.c.name == 'b').values(age=3))
show(session.scalar(select(func.count()).select_from(users)))
session.rollback()
show(session.scalar(select(func.count()).select_from(users)))
)python") {
    session.add(User{.name = "a"});
    session.flush();
    show(session.execute(select(col<&User::name>)).scalar());
    session.execute(insert(users).values("name"_a = "b"));
    session.execute(update(users).where(col<&User::name> == "b").values("age"_a = 3));
    show(session.scalar(select(func::count()).select_from(users)));
    session.rollback();
    show(session.scalar(select(func::count()).select_from(users)));
}

}  // namespace differential
