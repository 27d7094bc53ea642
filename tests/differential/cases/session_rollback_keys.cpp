// rollback() of a changed primary key and of a row switch.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, rollback_keys, R"python(
c = Country(code='a', title='t')
session.add(c)
session.commit()
show(c.title)
c.code = 'b'
session.flush()
session.rollback()
show(c.code)
show(session.get(Country, 'a') is c)
show(session.get(Country, 'b') is None)
session.delete(c)
d = Country(code='a', title='u')
session.add(d)
session.flush()
session.rollback()
show(c in session, d in session)
show(c.title, d.title)
)python") {
    auto c = session.add(Country{.code = "a", .title = "t"});
    session.commit();
    show(c->title);
    c->code = "b";
    session.flush();
    session.rollback();
    show(c->code);
    show(session.get<Country>("a") == c);
    show(session.get<Country>("b") == nullptr);
    session.delete_(c);
    auto d = session.add(Country{.code = "a", .title = "u"});
    session.flush();
    session.rollback();
    show(session.contains(c), session.contains(d));
    show(c->title, d->title);
}

}  // namespace differential
