// DEFAULT: text, numbers, SQL, functions; quotes in the text.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, server_default, R"python(
metadata = MetaData()
Table('t', metadata, Column('id', Integer, primary_key=True), Column('a', String(5), server_default='x'),
      Column('b', String(5), server_default="it's"), Column('c', Integer, server_default=text('5')),
      Column('d', DateTime, server_default=func.current_timestamp()), Column('e', Integer, server_default='7'),
      Column('f', DateTime, server_default=func.now()), Column('g', Integer, server_default=text('(1 + 2)'), nullable=False))
metadata.create_all(engine)
)python") {
    MetaData metadata;
    const Table t{"t",
                  metadata,
                  Column{"id", Integer, primary_key},
                  Column{"a", String(5), server_default("x")},
                  Column{"b", String(5), server_default("it's")},
                  Column{"c", Integer, server_default(5)},
                  Column{"d", DateTime, server_default(func::current_timestamp())},
                  Column{"e", Integer, server_default("7")},
                  Column{"f", DateTime, server_default(func::now())},
                  Column{"g", Integer, server_default(raw_sql("(1 + 2)")), not_null}};
    metadata.create_all(engine);
}

}  // namespace differential
