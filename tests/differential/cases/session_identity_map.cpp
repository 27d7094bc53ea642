// One object per row; a later row does not overwrite it, populate_existing does.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, identity_map, R"python(
session.add_all([User(id=1, name='a'), User(id=2, name='b')])
session.commit()
first = session.query(User).filter(User.id == 1).one()
again = session.query(User).filter(User.name == 'a').one()
show(first is again)
session.execute(text("UPDATE users SET name = 'raw'"))
rows = session.query(User).order_by(User.id).all()
show(rows[0] is first, rows[0].name, rows[1].name)
show(session.query(User.name).filter(User.id == 1).scalar())
session.query(User).populate_existing().filter(User.id == 1).all()
show(first.name)
)python") {
    session.add_all(User{.id = 1, .name = "a"}, User{.id = 2, .name = "b"});
    session.commit();
    auto first = session.query<User>().filter(col<&User::id> == 1).one();
    auto again = session.query<User>().filter(col<&User::name> == "a").one();
    show(first == again);
    session.execute(text("UPDATE users SET name = 'raw'"));
    auto rows = session.query<User>().order_by(col<&User::id>).all();
    show(rows[0] == first, rows[0]->name, rows[1]->name);
    show(session.query(col<&User::name>).filter(col<&User::id> == 1).scalar());
    session.query<User>().populate_existing().filter(col<&User::id> == 1).all();
    show(first->name);
}

}  // namespace differential
