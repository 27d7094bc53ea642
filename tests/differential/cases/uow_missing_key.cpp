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
    const std::string why = "aludel sees before the INSERT that the object can have no key, and says so";
    differs(
        why,
        "BEGIN (implicit)\nINSERT INTO countries (title) VALUES (?)\n    ('nowhere',)\nROLLBACK\nraises IntegrityError",
        "raises FlushError");
    differs(why,
            "BEGIN (implicit)\nINSERT INTO order_lines (order_no, text) VALUES (?, ?)\n    (1, None)\nROLLBACK\n"
            "raises IntegrityError",
            "raises FlushError");
    session.add(Country{.title = "nowhere"});
    fails([&] { session.flush(); });
    session.rollback();
    session.add(OrderLine{.order_no = 1});
    fails([&] { session.flush(); });
    session.rollback();
}

}  // namespace differential
