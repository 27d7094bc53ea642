// expect: aludel: a constraint takes names of columns
#include "aludel/sql/schema/table.hpp"

using namespace aludel;

#ifdef WRONG
const UniqueConstraint once{"a", 2};
#else
const UniqueConstraint once{"a", "b"};
#endif
