// UNIQUE and CHECK, on the column and on the table, with and without a name.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, unique_check, R"python(
metadata = MetaData()
Table('t', metadata, Column('id', Integer, primary_key=True), Column('a', Integer, unique=True),
      Column('b', Integer, CheckConstraint('b > 0')), Column('c', Integer, CheckConstraint('c > 1', name='c_big')),
      UniqueConstraint('a', 'b'), UniqueConstraint('b', 'c', name='uq_b_c'), CheckConstraint('a < b'),
      CheckConstraint('a < c', name='a_below_c'))
metadata.create_all(engine)
)python") {
    MetaData metadata;
    const Table t{"t",
                  metadata,
                  Column{"id", Integer, primary_key},
                  Column{"a", Integer, unique},
                  Column{"b", Integer, check("b > 0")},
                  Column{"c", Integer, check("c > 1", name("c_big"))},
                  UniqueConstraint("a", "b"),
                  UniqueConstraint("b", "c", name("uq_b_c")),
                  CheckConstraint("a < b"),
                  CheckConstraint("a < c", name("a_below_c"))};
    metadata.create_all(engine);
}

}  // namespace differential
