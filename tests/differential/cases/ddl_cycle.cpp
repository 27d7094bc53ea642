// Tables that refer to themselves and to each other.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, cycle, R"python(
metadata = MetaData()
Table('node', metadata, Column('id', Integer, primary_key=True), Column('parent', Integer, ForeignKey('node.id')))
Table('p', metadata, Column('id', Integer, primary_key=True), Column('q', Integer, ForeignKey('q.id', name='fk_q')))
Table('q', metadata, Column('id', Integer, primary_key=True), Column('p', Integer, ForeignKey('p.id', name='fk_p')))
metadata.create_all(engine)
)python") {
    MetaData metadata;
    const Table node{"node", metadata, Column{"id", Integer, primary_key},
                     Column{"parent", Integer, ForeignKey("node.id")}};
    const Table p{"p", metadata, Column{"id", Integer, primary_key},
                  Column{"q", Integer, ForeignKey("q.id", name("fk_q"))}};
    const Table q{"q", metadata, Column{"id", Integer, primary_key},
                  Column{"p", Integer, ForeignKey("p.id", name("fk_p"))}};
    metadata.create_all(engine);
}

}  // namespace differential
