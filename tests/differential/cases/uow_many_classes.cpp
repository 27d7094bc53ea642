// Classes without dependency on each other are written in the order of their names.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, many_classes, R"python(
u = User(id=1, name='u')
session.add_all([OrderLine(order_no=1, line_no=1), u, Item(id=1, title='i', status='s'), Country(code='c'), Address(id=1, email='e')])
session.flush()
u.name = 'v'
session.add_all([Item(id=2, title='j', status='s'), Country(code='d')])
session.flush()
)python") {
    auto u = make(User{.id = 1, .name = "u"});
    session.add_all(OrderLine{.order_no = 1, .line_no = 1}, u, Item{.id = 1, .title = "i", .status = "s"},
                    Country{.code = "c"}, Address{.id = 1, .email = "e"});
    session.flush();
    u->name = "v";
    session.add_all(Item{.id = 2, .title = "j", .status = "s"}, Country{.code = "d"});
    session.flush();
}

}  // namespace differential
