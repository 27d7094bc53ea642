// create_all on a connection works in its transaction.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, in_transaction, R"python(
metadata = MetaData()
Table('t', metadata, Column('id', Integer, primary_key=True))
c = engine.connect()
metadata.create_all(c)
c.rollback()
metadata.create_all(c)
c.commit()
c.close()
)python") {
    MetaData metadata;
    const Table t{"t", metadata, Column{"id", Integer, primary_key}};
    Connection c = engine.connect();
    metadata.create_all(c);
    c.rollback();
    metadata.create_all(c);
    c.commit();
    c.close();
}

}  // namespace differential
