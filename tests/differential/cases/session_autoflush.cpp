// Queries flush what is pending first; not with autoflush off, not inside no_autoflush.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, autoflush, R"python(
session.add(User(name='a'))
show(session.query(User).count())
u = User(name='b')
session.add(u)
session.query(Country.code).all()
with session.no_autoflush:
    session.add(User(name='c'))
    show(session.query(User).count())
show(session.query(User.name).filter(User.name == 'c').first() is not None)
u.name = 'bb'
session.query(User.id).filter(User.name == 'bb').all()
session.commit()
s = Session(engine, autoflush=False)
s.add(User(name='d'))
show(s.query(User).count())
s.commit()
show(s.query(User).count())
s.close()
)python") {
    session.add(User{.name = "a"});
    show(session.query<User>().count());
    auto u = session.add(User{.name = "b"});
    session.query(col<&Country::code>).all();
    {
        const auto guard = session.no_autoflush();
        session.add(User{.name = "c"});
        show(session.query<User>().count());
    }
    show(session.query(col<&User::name>).filter(col<&User::name> == "c").first().has_value());
    u->name = "bb";
    session.query(col<&User::id>).filter(col<&User::name> == "bb").all();
    session.commit();
    Session s{engine, {.autoflush = false}};
    s.add(User{.name = "d"});
    show(s.query<User>().count());
    s.commit();
    show(s.query<User>().count());
    s.close();
}

}  // namespace differential
