// Every generic type as SQLite has it, and the upper-case types as they stand.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(ddl, types, R"python(
metadata = MetaData()
Table('t', metadata, Column('id', Integer, primary_key=True), Column('a', SmallInteger), Column('b', BigInteger),
      Column('c', Boolean), Column('d', String), Column('e', String(20)), Column('f', Text), Column('g', Unicode(5)),
      Column('h', Float), Column('i', Numeric(10, 2)), Column('j', Numeric), Column('k', Date), Column('l', DateTime),
      Column('m', Time), Column('n', Interval), Column('o', LargeBinary), Column('p', JSON), Column('q', TIMESTAMP),
      Column('r', VARCHAR(7)), Column('s', CHAR(3)), Column('u', BLOB), Column('v', DECIMAL(5, 1)), Column('w', REAL))
metadata.create_all(engine)
)python") {
    MetaData metadata;
    const Table t{"t",
                  metadata,
                  Column{"id", Integer, primary_key},
                  Column{"a", SmallInteger},
                  Column{"b", BigInteger},
                  Column{"c", Boolean},
                  Column{"d", String},
                  Column{"e", String(20)},
                  Column{"f", Text},
                  Column{"g", Unicode(5)},
                  Column{"h", Float},
                  Column{"i", Numeric(10, 2)},
                  Column{"j", Numeric},
                  Column{"k", Date},
                  Column{"l", DateTime},
                  Column{"m", TIME},
                  Column{"n", Interval},
                  Column{"o", LargeBinary},
                  Column{"p", JSON},
                  Column{"q", TIMESTAMP},
                  Column{"r", VARCHAR(7)},
                  Column{"s", CHAR(3)},
                  Column{"u", BLOB},
                  Column{"v", DECIMAL(5, 1)},
                  Column{"w", REAL}};
    metadata.create_all(engine);
}

}  // namespace differential
