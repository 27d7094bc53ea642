// Columns that the database computes.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, computed, R"python(
metadata = MetaData()
t = Table('t', metadata, Column('id', Integer, primary_key=True), Column('a', Integer), Column('b', Integer, Computed('a * 2')),
          Column('c', Integer, Computed('a + 1', persisted=True)), Column('d', Integer, Computed('a + 2', persisted=False)))
metadata.create_all(engine)
execute(t.insert().values(a=3))
show(execute(select(t.c.a, t.c.b, t.c.c, t.c.d)).all())
)python") {
    MetaData metadata;
    const Table t{"t",
                  metadata,
                  Column{"id", Integer, primary_key},
                  Column{"a", Integer},
                  Column{"b", Integer, computed("a * 2")},
                  Column{"c", Integer, computed("a + 1", persisted)},
                  Column{"d", Integer, computed("a + 2", not_persisted)}};
    metadata.create_all(engine);
    execute(insert(t).values("a"_a = 3));
    show(execute(select(t.c<int>("a"), t.c<int>("b"), t.c<int>("c"), t.c<int>("d"))).all());
}

}  // namespace differential
