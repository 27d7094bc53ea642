// An UPDATE that meets no row is an error.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, update_missing_row, R"python(
u = User(id=1, name='a')
session.add(u)
session.commit()
show(u.name)
session.execute(text('DELETE FROM users'))
u.name = 'b'
with fails():
    session.flush()
session.rollback()
show(u.name)
)python") {
    auto u = session.add(User{.id = 1, .name = "a"});
    session.commit();
    show(u->name);
    session.execute(text("DELETE FROM users"));
    u->name = "b";
    fails([&] { session.flush(); });
    session.rollback();
    show(u->name);
}

}  // namespace differential
