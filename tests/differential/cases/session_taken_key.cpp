// A new object with the key of an expired one, whose row somebody else has deleted.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, taken_key, R"python(
old = Country(code='de', title='old')
session.add(old)
session.commit()
session.execute(text("DELETE FROM countries"))
new = Country(code='de', title='new')
session.add(new)
session.flush()
show(old in session, new in session)
session.commit()
show(new.title)
)python") {
    auto old = session.add(Country{.code = "de", .title = "old"});
    session.commit();
    session.execute(text("DELETE FROM countries"));
    auto fresh = session.add(Country{.code = "de", .title = "new"});
    session.flush();
    show(session.contains(old), session.contains(fresh));
    session.commit();
    show(fresh->title);
}

}  // namespace differential
