// Joins over three tables, to an alias, to a subquery, to oneself.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, joins, R"python(
a = addresses.alias('a')
execute(select(users.c.id, a.c.email).join(a, a.c.user_id == users.c.id)).all()
execute(select(users.c.id).join(addresses).outerjoin(items, items.c.id == addresses.c.id).where(items.c.title == 'x')).all()
n = select(addresses.c.user_id, func.count().label('n')).group_by(addresses.c.user_id).subquery()
execute(select(users.c.name, n.c.n).outerjoin(n, n.c.user_id == users.c.id)).all()
boss = users.alias('boss')
execute(select(users.c.name, boss.c.name).join(boss, users.c.age == boss.c.id).order_by(boss.c.name)).all()
execute(select(addresses.c.email).join(users).where(users.c.name == 'x')).all()
execute(select(func.count()).select_from(users.join(addresses).outerjoin(items, items.c.id == users.c.id))).all()
)python") {
    auto a = alias(addresses, "a");
    execute(select(col<&User::id>, a.c(col<&Address::email>)).join(a, a.c(col<&Address::user_id>) == col<&User::id>))
        .all();
    execute(select(col<&User::id>)
                .join(addresses)
                .outerjoin(items, col<&Item::id> == col<&Address::id>)
                .where(col<&Item::title> == "x"))
        .all();
    auto n = select(col<&Address::user_id>, func::count().label("n")).group_by(col<&Address::user_id>).subquery();
    execute(
        select(col<&User::name>, n.c<std::int64_t>("n")).outerjoin(n, n.c(col<&Address::user_id>) == col<&User::id>))
        .all();
    auto boss = alias(users, "boss");
    execute(select(col<&User::name>, boss.c(col<&User::name>))
                .join(boss, col<&User::age> == boss.c(col<&User::id>))
                .order_by(boss.c(col<&User::name>)))
        .all();
    execute(select(col<&Address::email>).join(users).where(col<&User::name> == "x")).all();
    execute(
        select(func::count()).select_from(outerjoin(join(users, addresses), items, col<&Item::id> == col<&User::id>)))
        .all();
}

}  // namespace differential
