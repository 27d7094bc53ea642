// Without work, commit, rollback, flush and close emit nothing.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, nothing_to_do, R"python(
session.commit()
session.rollback()
session.flush()
u = User(name='a')
session.add(u)
session.expunge(u)
session.commit()
session.close()
session.query(User.id).all()
session.commit()
session.query(User.id).all()
session.rollback()
)python") {
    session.commit();
    session.rollback();
    session.flush();
    auto u = session.add(User{.name = "a"});
    session.expunge(u);
    session.commit();
    session.close();
    session.query(col<&User::id>).all();
    session.commit();
    session.query(col<&User::id>).all();
    session.rollback();
}

}  // namespace differential
