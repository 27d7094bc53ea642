// Dropping tables that refer to each other.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, cycle_drop, R"python(
metadata = MetaData()
Table('p', metadata, Column('id', Integer, primary_key=True), Column('q', Integer, ForeignKey('q.id', name='fk_q')))
Table('q', metadata, Column('id', Integer, primary_key=True), Column('p', Integer, ForeignKey('p.id', name='fk_p')))
Table('r', metadata, Column('id', Integer, primary_key=True), Column('p', Integer, ForeignKey('p.id')))
create(metadata)
metadata.drop_all(engine)
)python") {
    differs("foreign keys are enforced, and rows that refer to each other would keep the tables from being dropped",
            "DROP TABLE p", "PRAGMA defer_foreign_keys = ON\n    ()\nDROP TABLE p");
    MetaData metadata;
    const Table p{"p", metadata, Column{"id", Integer, primary_key},
                  Column{"q", Integer, ForeignKey("q.id", name("fk_q"))}};
    const Table q{"q", metadata, Column{"id", Integer, primary_key},
                  Column{"p", Integer, ForeignKey("p.id", name("fk_p"))}};
    const Table r{"r", metadata, Column{"id", Integer, primary_key}, Column{"p", Integer, ForeignKey("p.id")}};
    create(metadata);
    metadata.drop_all(engine);
}

}  // namespace differential
