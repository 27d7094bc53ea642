// expect: aludel: this is not a column option
#include "aludel/sql/schema/table.hpp"

using namespace aludel;

struct Red {};

#ifdef WRONG
const Column color{"color", Integer, Red{}};
#else
const Column color{"color", Integer, not_null};
#endif
