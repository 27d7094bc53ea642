// commit() expires everything; the first access of each object reads all of it.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, commit_expires, R"python(
a, b = User(id=1, name='a'), User(id=2, name='b')
session.add_all([a, b])
session.commit()
show(a.name)
show(a.age, a.id)
show(b.fullname)
session.commit()
session.commit()
show(b.name)
)python") {
    auto a = make(User{.id = 1, .name = "a"}), b = make(User{.id = 2, .name = "b"});
    session.add_all(a, b);
    session.commit();
    show(a->name);
    show(a->age, a->id);
    show(b->fullname);
    session.commit();
    session.commit();
    show(b->name);
}

}  // namespace differential
