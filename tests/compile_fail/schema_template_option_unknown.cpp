// expect: aludel: this is not a column option
#include "aludel/sql/schema/options.hpp"

using namespace aludel;

#ifdef WRONG
static_assert(check_column_option<20>());
#else
static_assert(check_column_option<String(20)>());
#endif
