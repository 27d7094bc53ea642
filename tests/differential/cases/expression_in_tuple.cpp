// IN over several columns.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, in_tuple, R"python(
pair = tuple_(OrderLine.order_no, OrderLine.line_no)
session.query(OrderLine.text).filter(pair.in_([(1, 2), (3, 4)])).all()
session.query(OrderLine.text).filter(pair.not_in([(1, 2)])).all()
)python") {
    auto pair = tuple_(col<&OrderLine::order_no>, col<&OrderLine::line_no>);
    session.query(col<&OrderLine::text>).filter(pair.in_({{1, 2}, {3, 4}})).all();
    session.query(col<&OrderLine::text>).filter(pair.not_in({{1, 2}})).all();
}

}  // namespace differential
