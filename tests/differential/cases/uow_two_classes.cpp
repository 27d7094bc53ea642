// Parents are inserted before children and deleted after them.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, two_classes, R"python(
a = Address(id=1, email='e', user_id=7)
u = User(id=7, name='u')
session.add_all([a, u])
session.flush()
session.delete(u)
session.delete(a)
session.flush()
)python") {
    auto a = make(Address{.id = 1, .email = "e", .user_id = 7});
    auto u = make(User{.id = 7, .name = "u"});
    session.add_all(a, u);
    session.flush();
    session.delete_(u);
    session.delete_(a);
    session.flush();
}

}  // namespace differential
