// A key that the database does not number and that nobody gave.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, missing_key, R"python(
session.add(Country(title='nowhere'))
with fails():
    session.flush()
session.rollback()
session.add(OrderLine(order_no=1))
with fails():
    session.flush()
session.rollback()
)python") {
    session.add(Country{.title = "nowhere"});
    fails([&] { session.flush(); });
    session.rollback();
    session.add(OrderLine{.order_no = 1});
    fails([&] { session.flush(); });
    session.rollback();
}

}  // namespace differential
