// get(): from memory without SQL, else one SELECT; missing rows; composite and text keys.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, get, R"python(
session.add_all([User(id=1, name='a'), Country(code='de'), OrderLine(order_no=1, line_no=2)])
session.commit()
u = session.get(User, 1)
show(u.name)
show(session.get(User, 1) is u)
show(session.get(User, 2) is None)
c = session.get(Country, 'de')
l = session.get(OrderLine, (1, 2))
show(session.get(Country, 'de') is c, session.get(OrderLine, (1, 2)) is l)
session.expire(u)
show(session.get(User, 1) is u)
)python") {
    session.add_all(User{.id = 1, .name = "a"}, Country{.code = "de"}, OrderLine{.order_no = 1, .line_no = 2});
    session.commit();
    auto u = session.get<User>(1);
    show(u->name);
    show(session.get<User>(1) == u);
    show(session.get<User>(2) == nullptr);
    auto c = session.get<Country>("de");
    auto l = session.get<OrderLine>(1, 2);
    show(session.get<Country>("de") == c, session.get<OrderLine>(1, 2) == l);
    session.expire(u);
    show(session.get<User>(1) == u);
}

}  // namespace differential
