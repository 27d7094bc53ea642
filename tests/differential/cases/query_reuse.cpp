// A query is a value: it is extended without a change to the original, and run again.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, reuse, R"python(
q = session.query(User.id).filter(User.age > 1)
narrow = q.filter(User.name == 'x').order_by(User.id)
q.all()
narrow.all()
q.limit(1).all()
q.all()
session.query(User).get(1)
session.query(User).order_by(User.id).order_by(None).all()
with fails():
    session.query(User).filter(User.id == 1).get(1)
)python") {
    auto q = session.query(col<&User::id>).filter(col<&User::age> > 1);
    auto narrow = q.filter(col<&User::name> == "x").order_by(col<&User::id>);
    q.all();
    narrow.all();
    q.limit(1).all();
    q.all();
    session.query<User>().get(1);
    session.query<User>().all();
    fails([&] { session.query<User>().filter(col<&User::id> == 1).get(1); });
}

}  // namespace differential
