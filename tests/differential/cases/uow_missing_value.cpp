// A column that is NOT NULL and was not given.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, missing_value, R"python(
session.add(User(age=3))
with fails():
    session.flush()
session.rollback()
show(session.query(User).count())
)python") {
    session.add(User{.age = 3});
    fails([&] { session.flush(); });
    session.rollback();
    show(session.query<User>().count());
}

}  // namespace differential
