// DELETE of one object, of several (executemany), of an object that is expired.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, delete, R"python(
us = [User(id=i, name='n') for i in range(1, 6)]
session.add_all(us)
session.commit()
session.delete(us[0])
session.flush()
session.delete(us[2])
session.delete(us[1])
session.flush()
session.commit()
session.delete(us[4])
session.commit()
show(session.query(User).count())
)python") {
    std::vector<Ptr<User>> us;
    for (int i = 1; i < 6; ++i) us.push_back(make(User{.id = i, .name = "n"}));
    session.add_all(us);
    session.commit();
    session.delete_(us[0]);
    session.flush();
    session.delete_(us[2]);
    session.delete_(us[1]);
    session.flush();
    session.commit();
    session.delete_(us[4]);
    session.commit();
    show(session.query<User>().count());
}

}  // namespace differential
