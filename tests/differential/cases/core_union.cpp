// UNION, UNION ALL, INTERSECT, EXCEPT; ordered, limited, as a subquery.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, union, R"python(
a = select(users.c.id, users.c.name).where(users.c.age == 1)
b = select(addresses.c.id, addresses.c.email)
execute(union(a, b)).all()
execute(union_all(a, b).order_by('name').limit(3)).all()
execute(intersect(a, b)).all()
execute(except_(a, b)).all()
u = union(a, b).subquery()
execute(select(u.c.name).where(u.c.id > 2)).all()
)python") {
    auto a = select(col<&User::id>, col<&User::name>).where(col<&User::age> == 1);
    auto b = select(col<&Address::id>, col<&Address::email>);
    execute(union_(a, b)).all();
    execute(union_all(a, b).order_by("name").limit(3)).all();
    execute(intersect(a, b)).all();
    execute(except_(a, b)).all();
    auto u = union_(a, b).subquery();
    execute(select(u.c<std::string>("name")).where(u.c<int>("id") > 2)).all();
}

}  // namespace differential
