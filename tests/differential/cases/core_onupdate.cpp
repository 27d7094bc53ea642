// Columns with onupdate are set by an UPDATE that does not name them.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, onupdate, R"python(
metadata = MetaData()
docs = Table('docs', metadata, Column('id', Integer, primary_key=True), Column('title', String(20)),
             Column('revision', Integer, default=1, onupdate=2), Column('changed', String(30), onupdate=func.lower('X')))
create(metadata)
execute(docs.insert().values(title='a'))
execute(docs.update().values(title='b'))
execute(docs.update().values(title='c', revision=9).where(docs.c.id == 1))
show(execute(select(docs.c.id, docs.c.title, docs.c.revision, docs.c.changed)).all())
)python") {
    MetaData metadata;
    const Table docs{"docs",
                     metadata,
                     Column{"id", Integer, primary_key},
                     Column{"title", String(20)},
                     Column{"revision", Integer, insert_default(1), onupdate(2)},
                     Column{"changed", String(30), onupdate(raw_sql("lower('X')"))}};
    create(metadata);
    const std::string why = "a function with arguments cannot stand in a template argument; raw SQL is not bound";
    differs(why, "UPDATE docs SET title=?, revision=?, changed=lower(?)\n    ('b', 2, 'X')",
            "UPDATE docs SET title=?, revision=?, changed=lower('X')\n    ('b', 2)");
    differs(why, "UPDATE docs SET title=?, revision=?, changed=lower(?) WHERE docs.id = ?\n    ('c', 9, 'X', 1)",
            "UPDATE docs SET title=?, revision=?, changed=lower('X') WHERE docs.id = ?\n    ('c', 9, 1)");
    execute(insert(docs).values("title"_a = "a"));
    execute(update(docs).values("title"_a = "b"));
    execute(update(docs).values("title"_a = "c", "revision"_a = 9).where(docs.c<int>("id") == 1));
    show(execute(select(docs.c<int>("id"), docs.c<std::string>("title"), docs.c<int>("revision"),
                        docs.c<std::string>("changed")))
             .all());
}

}  // namespace differential
