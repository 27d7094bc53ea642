// expect: aludel: this is not an item of a table
#include "aludel/sql/schema/table.hpp"

using namespace aludel;

void declare(MetaData& metadata) {
#ifdef WRONG
    const Table user{"user", metadata, Column{"id", Integer}, unique};
#else
    const Table user{"user", metadata, Column{"id", Integer}, UniqueConstraint("id")};
#endif
}
