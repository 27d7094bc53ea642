// A changed primary key: the old one chooses the row, the identity map follows.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, key_change, R"python(
c = Country(code='a', title='t')
session.add(c)
session.commit()
c.code = 'b'
session.flush()
show(session.get(Country, 'b') is c)
c.title = 'u'
session.flush()
l = OrderLine(order_no=1, line_no=1, text='x')
session.add(l)
session.flush()
l.line_no = 2
session.flush()
show(session.get(OrderLine, (1, 2)) is l)
session.commit()
show(c.code, l.line_no)
)python") {
    differs("aludel knows the old key from the identity map and need not read the object",
            "SELECT countries.code AS countries_code, countries.title AS countries_title FROM countries WHERE "
            "countries.code = ?\n"
            "    ('a',)",
            "");
    auto c = session.add(Country{.code = "a", .title = "t"});
    session.commit();
    c->code = "b";
    session.flush();
    show(session.get<Country>("b") == c);
    c->title = "u";
    session.flush();
    auto l = session.add(OrderLine{.order_no = 1, .line_no = 1, .text = "x"});
    session.flush();
    l->line_no = 2;
    session.flush();
    show(session.get<OrderLine>(1, 2) == l);
    session.commit();
    show(c->code, l->line_no);
}

}  // namespace differential
