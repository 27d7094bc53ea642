// INSERT … SELECT.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, insert_select, R"python(
execute(users.insert().values(name='ed', age=3))
execute(countries.insert().from_select(['code', 'title'], select(users.c.name, users.c.fullname)))
execute(addresses.insert().from_select(['email', 'user_id'], select(users.c.name + '@x', users.c.id).where(users.c.age == 3)))
show(execute(select(addresses.c.email, addresses.c.user_id)).all())
)python") {
    execute(insert(users).values("name"_a = "ed", "age"_a = 3));
    execute(insert(countries).from_select({"code", "title"}, select(col<&User::name>, col<&User::fullname>)));
    execute(insert(addresses).from_select({"email", "user_id"},
                                          select(col<&User::name> + "@x", col<&User::id>).where(col<&User::age> == 3)));
    show(execute(select(col<&Address::email>, col<&Address::user_id>)).all());
}

}  // namespace differential
