// LIMIT and OFFSET. The expectations are in expected/limits.txt.
#include "dialects/text/text_case.hpp"

namespace text_cases {
namespace {

using namespace aludel::literals;

SQL_CASE(limits, limit_only, select(id).limit(5))
SQL_CASE(limits, offset_only, select(id).offset(5))
SQL_CASE(limits, both, select(id).limit(5).offset(2))
SQL_CASE(limits, after_order, select(id).where(x == 1).order_by(y).limit(5))
SQL_CASE(limits, zero, select(id).limit(0).offset(0))
SQL_CASE(limits, before_lock, select(id).limit(5).with_for_update())

}  // namespace
}  // namespace text_cases
