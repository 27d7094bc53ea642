// A child without its parent fails in the database, at once.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, foreign_key_violation, R"python(
session.add(Address(email='e', user_id=99))
with fails():
    session.commit()
session.rollback()
show(session.query(Address).count())
)python") {
    session.add(Address{.email = "e", .user_id = 99});
    fails([&] { session.commit(); });
    session.rollback();
    show(session.query<Address>().count());
}

}  // namespace differential
