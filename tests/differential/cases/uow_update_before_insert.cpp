// In one class UPDATEs come before INSERTs, and DELETEs after both.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, update_before_insert, R"python(
a, b = User(id=1, name='a'), User(id=2, name='b')
session.add_all([a, b])
session.flush()
session.add(User(id=3, name='c'))
a.name = 'aa'
session.delete(b)
session.flush()
)python") {
    auto a = make(User{.id = 1, .name = "a"}), b = make(User{.id = 2, .name = "b"});
    session.add_all(a, b);
    session.flush();
    session.add(User{.id = 3, .name = "c"});
    a->name = "aa";
    session.delete_(b);
    session.flush();
}

}  // namespace differential
