// Objects whose keys are known are inserted by one executemany.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, insert_with_keys, R"python(
session.add_all([User(id=3, name='c'), User(id=1, name='a', age=2), User(id=2, name='b', active=False)])
session.flush()
session.add_all([Country(code='fr'), Country(code='de', title='Germany'), Country(code='it')])
session.flush()
)python") {
    session.add_all(User{.id = 3, .name = "c"}, User{.id = 1, .name = "a", .age = 2},
                    User{.id = 2, .name = "b", .active = false});
    session.flush();
    session.add_all(Country{.code = "fr"}, Country{.code = "de", .title = "Germany"}, Country{.code = "it"});
    session.flush();
}

}  // namespace differential
