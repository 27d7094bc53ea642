// count() wraps the query, with its criteria, LIMIT and DISTINCT.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, count, R"python(
session.add_all([User(id=1, name='a', age=1), User(id=2, name='b', age=1), User(id=3, name='b')])
session.commit()
show(session.query(User).count())
show(session.query(User).filter(User.name == 'b').count())
show(session.query(User.name).distinct().count())
show(session.query(User).order_by(User.name).limit(2).count())
show(session.query(User.name, func.count(User.id)).group_by(User.name).count())
show(session.query(func.count(User.id)).scalar())
show(session.query(func.count()).select_from(User).scalar())
)python") {
    session.add_all(User{.id = 1, .name = "a", .age = 1}, User{.id = 2, .name = "b", .age = 1},
                    User{.id = 3, .name = "b"});
    session.commit();
    show(session.query<User>().count());
    show(session.query<User>().filter(col<&User::name> == "b").count());
    show(session.query(col<&User::name>).distinct().count());
    show(session.query<User>().order_by(col<&User::name>).limit(2).count());
    show(session.query(col<&User::name>, func::count(col<&User::id>)).group_by(col<&User::name>).count());
    show(session.query(func::count(col<&User::id>)).scalar());
    show(session.scalar(select(func::count().label("count_1")).select_from(users)));
}

}  // namespace differential
