// BEGIN with the first statement, COMMIT, ROLLBACK, savepoints.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, transaction, R"python(
c = engine.connect()
c.commit()
c.execute(users.insert().values(name='a'))
c.commit()
c.execute(users.insert().values(name='b'))
c.rollback()
with c.begin():
    c.execute(users.insert().values(name='c'))
    nested = c.begin_nested()
    c.execute(users.insert().values(name='d'))
    nested.rollback()
    nested = c.begin_nested()
    c.execute(users.insert().values(name='e'))
    nested.commit()
show(c.execute(select(users.c.id, users.c.name)).all())
c.close()
)python") {
    Connection c = engine.connect();
    c.commit();
    c.execute(insert(users).values("name"_a = "a"));
    c.commit();
    c.execute(insert(users).values("name"_a = "b"));
    c.rollback();
    {
        auto outer = c.begin();
        c.execute(insert(users).values("name"_a = "c"));
        auto nested = c.begin_nested();
        c.execute(insert(users).values("name"_a = "d"));
        nested.rollback();
        auto another = c.begin_nested();
        c.execute(insert(users).values("name"_a = "e"));
        another.commit();
        outer.commit();
    }
    show(c.execute(select(col<&User::id>, col<&User::name>)).all());
    c.close();
}

}  // namespace differential
