// Two new objects with one key, and a new object with the key of a persistent one.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, conflicting_key, R"python(
session.add_all([Country(code='a'), Country(code='a')])
with fails():
    session.flush()
session.rollback()
c = Country(code='b', title='x')
session.add(c)
session.commit()
show(c.title)
session.add(Country(code='b', title='y'))
with fails():
    session.flush()
session.rollback()
show(c.title)
)python") {
    session.add_all(Country{.code = "a"}, Country{.code = "a"});
    fails([&] { session.flush(); });
    session.rollback();
    auto c = session.add(Country{.code = "b", .title = "x"});
    session.commit();
    show(c->title);
    session.add(Country{.code = "b", .title = "y"});
    fails([&] { session.flush(); });
    session.rollback();
    show(c->title);
}

}  // namespace differential
