// Foreign keys: actions, names, deferrable, several columns, a column without a type.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, foreign_key, R"python(
metadata = MetaData()
Table('parent', metadata, Column('id', Integer, primary_key=True), Column('x', Integer), Column('y', String(5)),
      UniqueConstraint('x', 'y'))
Table('child', metadata, Column('id', Integer, primary_key=True),
      Column('a', Integer, ForeignKey('parent.id')),
      Column('b', Integer, ForeignKey('parent.id', ondelete='CASCADE', onupdate='SET NULL')),
      Column('c', ForeignKey('parent.id', name='fk_c')),
      Column('d', Integer, ForeignKey('parent.id', deferrable=True, initially='DEFERRED')),
      Column('x', Integer), Column('y', String(5)),
      ForeignKeyConstraint(['x', 'y'], ['parent.x', 'parent.y'], name='fk_xy', ondelete='CASCADE'))
metadata.create_all(engine)
)python") {
    MetaData metadata;
    const Table parent{"parent",
                       metadata,
                       Column{"id", Integer, primary_key},
                       Column{"x", Integer},
                       Column{"y", String(5)},
                       UniqueConstraint("x", "y")};
    const Table child{"child",
                      metadata,
                      Column{"id", Integer, primary_key},
                      Column{"a", Integer, ForeignKey("parent.id")},
                      Column{"b", Integer, ForeignKey("parent.id", ondelete("CASCADE"), onupdate("SET NULL"))},
                      Column{"c", ForeignKey("parent.id", name("fk_c"))},
                      Column{"d", Integer, ForeignKey("parent.id", deferrable, initially("DEFERRED"))},
                      Column{"x", Integer},
                      Column{"y", String(5)},
                      ForeignKeyConstraint({"x", "y"}, {"parent.x", "parent.y"}, name("fk_xy"), ondelete("CASCADE"))};
    metadata.create_all(engine);
}

}  // namespace differential
