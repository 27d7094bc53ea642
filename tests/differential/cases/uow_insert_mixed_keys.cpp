// Objects with and without keys: a run of equal shape is one executemany.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, insert_mixed_keys, R"python(
session.add_all([User(id=10, name='a'), User(id=11, name='b'), User(name='c'), User(id=20, name='d'), User(id=21, name='e')])
session.flush()
)python") {
    session.add_all(User{.id = 10, .name = "a"}, User{.id = 11, .name = "b"}, User{.name = "c"},
                    User{.id = 20, .name = "d"}, User{.id = 21, .name = "e"});
    session.flush();
}

}  // namespace differential
