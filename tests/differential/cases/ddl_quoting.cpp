// Names that need quotes: reserved words, upper case, spaces, digits, quotes, Chinese.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, quoting, R"python(
metadata = MetaData()
t = Table('Order', metadata, Column('id', Integer, primary_key=True), Column('select', Integer), Column('MixedCase', Integer, index=True),
          Column('with space', Integer), Column('1a', Integer, unique=True), Column('has"quote', Integer),
          Column('中文', Integer), Column('user', Integer), Column('a-b', Integer, ForeignKey('Order.id')))
metadata.create_all(engine)
execute(select(t.c.select, t.c['with space']).where(t.c['has"quote'] == 1, t.c['中文'] == 2, t.c.user == 3)).all()
execute(t.insert().values({'select': 1, 'MixedCase': 2, 'a-b': None}))
execute(text('SELECT 1')).connection.rollback()
metadata.drop_all(engine)
)python") {
    MetaData metadata;
    const Table t{"Order",
                  metadata,
                  Column{"id", Integer, primary_key},
                  Column{"select", Integer},
                  Column{"MixedCase", Integer, indexed},
                  Column{"with space", Integer},
                  Column{"1a", Integer, unique},
                  Column{"has\"quote", Integer},
                  Column{"中文", Integer},
                  Column{"user", Integer},
                  Column{"a-b", Integer, ForeignKey("Order.id")}};
    metadata.create_all(engine);
    execute(select(t.c<int>("select"), t.c<int>("with space"))
                .where(t.c<int>("has\"quote") == 1, t.c<int>("中文") == 2, t.c<int>("user") == 3))
        .all();
    execute(insert(t).values("select"_a = 1, "MixedCase"_a = 2, "a-b"_a = std::nullopt));
    execute(text("SELECT 1"));
    connection().rollback();
    metadata.drop_all(engine);
}

}  // namespace differential
