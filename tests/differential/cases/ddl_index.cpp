// Indexes: of a column, unique, over several columns, falling, over an expression.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, index, R"python(
metadata = MetaData()
# One index a table: SQLAlchemy keeps the indexes of a table in a set, without order.
a = Table('a', metadata, Column('x', Integer, index=True))
b = Table('b', metadata, Column('x', Integer, index=True, unique=True))
c = Table('c', metadata, Column('x', Integer), Column('y', Integer))
Index('ix_x_y', c.c.x, c.c.y)
d = Table('d', metadata, Column('x', Integer))
Index('ix_x', d.c.x.desc(), unique=True)
e = Table('e', metadata, Column('x', String(5)))
Index('ix_lower', func.lower(e.c.x))
metadata.create_all(engine)
)python") {
    MetaData metadata;
    const Table a{"a", metadata, Column{"x", Integer, indexed}};
    const Table b{"b", metadata, Column{"x", Integer, indexed, unique}};
    const Table c{"c", metadata, Column{"x", Integer}, Column{"y", Integer}, Index("ix_x_y", "x", "y")};
    const Table d{"d", metadata, Column{"x", Integer}, Index("ix_x", descending("x"), unique)};
    const Table e{"e", metadata, Column{"x", String(5)}, Index("ix_lower", func::lower(column<std::string>("x")))};
    metadata.create_all(engine);
}

}  // namespace differential
