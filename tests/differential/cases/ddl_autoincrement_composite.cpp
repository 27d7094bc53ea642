// A number by the database in a composite key is nothing that SQLite has.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, autoincrement_composite, R"python(
metadata = MetaData()
Table('t', metadata, Column('a', Integer, primary_key=True, autoincrement=True), Column('b', Integer, primary_key=True))
with fails():
    metadata.create_all(engine)
)python") {
    MetaData metadata;
    const Table t{"t", metadata, Column{"a", Integer, primary_key, autoincrement}, Column{"b", Integer, primary_key}};
    fails([&] { metadata.create_all(engine); });
}

}  // namespace differential
