// A flush that fails inside of a query, and what can be done afterwards.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, failed_autoflush, R"python(
kept = Country(code='de')
session.add(kept)
session.commit()
session.add(Country(code='de'))
with fails():
    session.query(User).all()
with fails():
    session.query(User).all()
with fails():
    session.commit()
session.rollback()
show(session.query(Country).count())
with fails():
    session.execute(text('SELECT * FROM nowhere'))
show(session.query(Country).count())
)python") {
    session.add(Country{.code = "de"});
    session.commit();
    session.add(Country{.code = "de"});
    fails([&] { session.query<User>().all(); });
    fails([&] { session.query<User>().all(); });
    fails([&] { session.commit(); });
    session.rollback();
    show(session.query<Country>().count());
    fails([&] { session.execute(text("SELECT * FROM nowhere")); });
    show(session.query<Country>().count());
}

}  // namespace differential
