// expire_on_commit=False: nothing is read after a commit.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, keep_after_commit, R"python(
s = Session(engine, expire_on_commit=False)
a = User(name='a')
s.add(a)
s.commit()
show(a.id, a.name)
a.name = 'b'
s.commit()
show(a.name)
s.rollback()
show(a.name)
s.close()
)python") {
    Session s{engine, {.expire_on_commit = false}};
    auto a = s.add(User{.name = "a"});
    s.commit();
    show(a->id, a->name);
    a->name = "b";
    s.commit();
    show(a->name);
    s.rollback();
    show(a->name);
    s.close();
}

}  // namespace differential
