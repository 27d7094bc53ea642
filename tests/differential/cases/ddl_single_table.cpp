// create and drop of one table, with and without a look first.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, single_table, R"python(
metadata = MetaData()
t = Table('t', metadata, Column('id', Integer, primary_key=True), Column('a', Integer, index=True))
Table('other', metadata, Column('id', Integer, primary_key=True))
t.create(engine)
t.create(engine, checkfirst=True)
t.drop(engine, checkfirst=True)
t.drop(engine, checkfirst=True)
with fails():
    t.drop(engine, checkfirst=False)
metadata.create_all(engine, tables=[t], checkfirst=False)
with fails():
    metadata.create_all(engine, tables=[t], checkfirst=False)
)python") {
    MetaData metadata;
    const Table t{"t", metadata, Column{"id", Integer, primary_key}, Column{"a", Integer, indexed}};
    const Table other{"other", metadata, Column{"id", Integer, primary_key}};
    t.create(engine, CheckFirst::no);
    t.create(engine);
    t.drop(engine);
    t.drop(engine);
    fails([&] { t.drop(engine, CheckFirst::no); });
    metadata.create_all(engine, {&t.info()}, CheckFirst::no);
    fails([&] { metadata.create_all(engine, {&t.info()}, CheckFirst::no); });
}

}  // namespace differential
