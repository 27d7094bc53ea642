// expect: aludel: this is not an option of a foreign key
#include "aludel/sql/schema/table.hpp"

using namespace aludel;

#ifdef WRONG
const Column author{"author", Integer, ForeignKey("user.id", primary_key)};
#else
const Column author{"author", Integer, ForeignKey("user.id", ondelete("CASCADE")), primary_key};
#endif
