// Values and names are never SQL: quotes in both.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, injection, R"python(
metadata = MetaData()
t = Table('a"; DROP TABLE users; --', metadata, Column('id', Integer, primary_key=True), Column("x' OR '1", String(5), server_default="'; --"))
metadata.create_all(engine)
execute(t.insert().values({"x' OR '1": "'; DROP TABLE users; --"}))
show(execute(select(t.c["x' OR '1"])).scalar())
execute(select(users.c.id).where(users.c.name == "' OR 1=1 --", users.c.name.like("%'%"))).all()
)python") {
    MetaData metadata;
    const Table t{"a\"; DROP TABLE users; --", metadata, Column{"id", Integer, primary_key},
                  Column{"x' OR '1", String(5), server_default("'; --")}};
    metadata.create_all(engine);
    execute(insert(t).values("x' OR '1"_a = "'; DROP TABLE users; --"));
    show(execute(select(t.c<std::optional<std::string>>("x' OR '1"))).scalar());
    execute(select(col<&User::id>).where(col<&User::name> == "' OR 1=1 --", col<&User::name>.like("%'%"))).all();
}

}  // namespace differential
