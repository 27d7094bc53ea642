// DELETE and UPDATE by a composite key.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, delete_composite, R"python(
a, b, c = [OrderLine(order_no=1, line_no=n, text='t') for n in (1, 2, 3)]
session.add_all([a, b, c])
session.flush()
a.text, b.text = 'x', 'y'
session.flush()
session.delete(a)
session.delete(c)
session.flush()
)python") {
    auto a = make(OrderLine{.order_no = 1, .line_no = 1, .text = "t"}),
         b = make(OrderLine{.order_no = 1, .line_no = 2, .text = "t"}),
         c = make(OrderLine{.order_no = 1, .line_no = 3, .text = "t"});
    session.add_all(a, b, c);
    session.flush();
    a->text = "x";
    b->text = "y";
    session.flush();
    session.delete_(a);
    session.delete_(c);
    session.flush();
}

}  // namespace differential
