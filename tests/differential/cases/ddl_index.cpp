// Indexes: of a column, unique, over several columns, falling, over an expression.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, index, R"python(
metadata = MetaData()
t = Table('t', metadata, Column('id', Integer, primary_key=True), Column('a', Integer, index=True),
          Column('b', Integer, index=True, unique=True), Column('c', String(5)))
Index('ix_b_c', t.c.b, t.c.c)
Index('ix_c', t.c.c.desc(), unique=True)
Index('ix_lower', func.lower(t.c.c))
metadata.create_all(engine)
)python") {
    MetaData metadata;
    const Table t{"t", metadata, Column{"id", Integer, primary_key}, Column{"a", Integer, indexed},
                  Column{"b", Integer, indexed, unique}, Column{"c", String(5)}, Index("ix_b_c", "b", "c"),
                  Index("ix_c", descending("c"), unique), Index("ix_lower", func::lower(column<std::string>("c")))};
    metadata.create_all(engine);
}

}  // namespace differential
