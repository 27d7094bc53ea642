// INSERT: given columns in table order, NULL, expressions, no values.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, insert_values, R"python(
execute(users.insert().values(name='ed', id=1))
execute(users.insert().values(name='wendy', age=None))
execute(users.insert().values(name=func.upper('x'), age=literal_column('1') + 2))
execute(users.insert().values(name=select(func.max(users.c.name)).scalar_subquery()))
execute(insert(countries).values(code='de'))
show(execute(select(users.c.id, users.c.name, users.c.age).order_by(users.c.id)).all())
)python") {
    execute(insert(users).values("name"_a = "ed", "id"_a = 1));
    execute(insert(users).values(col<&User::name> = "wendy", col<&User::age> = std::nullopt));
    execute(insert(users).values("name"_a = func::upper("x"), "age"_a = literal_column<int>("1") + 2));
    execute(insert(users).values("name"_a = select(func::max(col<&User::name>)).scalar_subquery()));
    execute(insert(countries).values("code"_a = "de"));
    show(execute(select(col<&User::id>, col<&User::name>, col<&User::age>).order_by(col<&User::id>)).all());
}

}  // namespace differential
