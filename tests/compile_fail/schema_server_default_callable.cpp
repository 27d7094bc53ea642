// expect: aludel: a server default is text, a number or SQL
#include "aludel/sql/schema/table.hpp"

using namespace aludel;

#ifdef WRONG
const Column code{"code", Integer, server_default([] { return 1; })};
#else
const Column code{"code", Integer, insert_default([] { return 1; })};
#endif
