// expect: aludel: this is not a column option
#include "aludel/sql/schema/table.hpp"

using namespace aludel;

#ifdef WRONG
const Column color{"color", Integer, "red"};
#else
const Column color{"color", Integer, comment("red")};
#endif
