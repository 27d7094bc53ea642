// expect: aludel: the target of ForeignKey\("..."\) has no dot|aludel: the target of ForeignKey\(\\"...\\"\) has no dot
#include "aludel/sql/schema/options.hpp"

using namespace aludel;

#ifdef WRONG
static_assert(check_column_option<ForeignKey("user")>());
#else
static_assert(check_column_option<ForeignKey("user.id")>());
#endif
