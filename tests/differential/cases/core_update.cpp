// UPDATE: columns in table order, expressions, criteria, subqueries, row counts.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, update, R"python(
execute(users.insert().values(name='ed', age=3))
show(execute(users.update().where(users.c.id == 1).values(age=5, name='x')).rowcount)
execute(users.update().values(age=users.c.age + 1).where(users.c.name == 'x', users.c.age > 1))
execute(users.update().values(fullname=None))
execute(users.update().values(age=select(func.max(addresses.c.id)).where(addresses.c.user_id == users.c.id).scalar_subquery()))
execute(users.update().ordered_values((users.c.name, 'q'), (users.c.fullname, users.c.name)))
execute(users.update().where(users.c.id.in_([1, 2])).values(age=7))
execute(users.update().where(exists().where(addresses.c.user_id == users.c.id)).values(age=8))
show(execute(users.update().where(users.c.id == 99).values(age=1)).rowcount)
)python") {
    execute(insert(users).values("name"_a = "ed", "age"_a = 3));
    show(execute(update(users).where(col<&User::id> == 1).values("age"_a = 5, "name"_a = "x")).rowcount());
    execute(update(users)
                .values(col<&User::age> = col<&User::age> + 1)
                .where(col<&User::name> == "x", col<&User::age> > 1));
    execute(update(users).values(col<&User::fullname> = std::nullopt));
    execute(update(users).values(
        "age"_a =
            select(func::max(col<&Address::id>)).where(col<&Address::user_id> == col<&User::id>).scalar_subquery()));
    execute(update(users).ordered_values(col<&User::name> = "q", col<&User::fullname> = col<&User::name>));
    execute(update(users).where(col<&User::id>.in_({1, 2})).values("age"_a = 7));
    execute(update(users).where(exists().where(col<&Address::user_id> == col<&User::id>)).values("age"_a = 8));
    show(execute(update(users).where(col<&User::id> == 99).values("age"_a = 1)).rowcount());
}

}  // namespace differential
