// NOT NULL and UNIQUE violations: the transaction is rolled back, rollback() makes the session usable.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, insert_fails, R"python(
kept = Country(code='de')
session.add(kept)
session.commit()
session.add(Country(code='de', title='again'))
with fails():
    session.flush()
with fails():
    session.query(Country).all()
session.rollback()
show(session.query(Country).count())
session.add(Country(code='de'))
with fails():
    session.commit()
session.rollback()
)python") {
    session.add(Country{.code = "de"});
    session.commit();
    session.add(Country{.code = "de", .title = "again"});
    fails([&] { session.flush(); });
    fails([&] { session.query<Country>().all(); });
    session.rollback();
    show(session.query<Country>().count());
    session.add(Country{.code = "de"});
    fails([&] { session.commit(); });
    session.rollback();
}

}  // namespace differential
