// Names of constraints and indexes by convention.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, naming_convention, R"python(
metadata = MetaData(naming_convention={
    'ix': 'ix_%(column_0_label)s', 'uq': 'uq_%(table_name)s_%(column_0_name)s', 'ck': 'ck_%(table_name)s_%(constraint_name)s',
    'fk': 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s', 'pk': 'pk_%(table_name)s'})
Table('a', metadata, Column('id', Integer, primary_key=True), Column('x', Integer, unique=True), Column('y', Integer, index=True),
      CheckConstraint('x > 1', name='big'))
Table('b', metadata, Column('id', Integer, primary_key=True), Column('a_id', Integer, ForeignKey('a.id')),
      UniqueConstraint('id', 'a_id'), UniqueConstraint('a_id', name='given'))
metadata.create_all(engine)
)python") {
    MetaData metadata({.naming_convention = {.ix = "ix_%(column_0_label)s",
                                             .uq = "uq_%(table_name)s_%(column_0_name)s",
                                             .ck = "ck_%(table_name)s_%(constraint_name)s",
                                             .fk = "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                                             .pk = "pk_%(table_name)s"}});
    const Table a{"a",
                  metadata,
                  Column{"id", Integer, primary_key},
                  Column{"x", Integer, unique},
                  Column{"y", Integer, indexed},
                  CheckConstraint("x > 1", name("big"))};
    const Table b{"b",
                  metadata,
                  Column{"id", Integer, primary_key},
                  Column{"a_id", Integer, ForeignKey("a.id")},
                  UniqueConstraint("id", "a_id"),
                  UniqueConstraint("a_id", name("given"))};
    metadata.create_all(engine);
}

}  // namespace differential
