// Primary keys: none, composite, autoincrement in a composite key, a text key, a named constraint.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, primary_key, R"python(
metadata = MetaData()
Table('a', metadata, Column('x', Integer), Column('y', Integer))
Table('b', metadata, Column('x', Integer, primary_key=True), Column('y', Integer, primary_key=True))
Table('c', metadata, Column('code', String(2), primary_key=True))
Table('d', metadata, Column('x', Integer), Column('y', Integer), PrimaryKeyConstraint('y', 'x', name='pk_d'))
Table('e', metadata, Column('id', Integer, primary_key=True, autoincrement=False), Column('z', Integer, nullable=False))
metadata.create_all(engine)
)python") {
    MetaData metadata;
    const Table a{"a", metadata, Column{"x", Integer}, Column{"y", Integer}};
    const Table b{"b", metadata, Column{"x", Integer, primary_key}, Column{"y", Integer, primary_key}};
    const Table c{"c", metadata, Column{"code", String(2), primary_key}};
    const Table d{"d", metadata, Column{"x", Integer}, Column{"y", Integer},
                  PrimaryKeyConstraint("y", "x", name("pk_d"))};
    const Table e{"e", metadata, Column{"id", Integer, primary_key, no_autoincrement}, Column{"z", Integer, not_null}};
    metadata.create_all(engine);
}

}  // namespace differential
