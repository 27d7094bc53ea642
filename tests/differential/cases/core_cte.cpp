// WITH: one and several uses of a common table expression.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, cte, R"python(
grown = select(users.c.id, users.c.name).where(users.c.age > 18).cte('grown')
execute(select(grown.c.name)).all()
execute(select(grown.c.name, addresses.c.email).where(addresses.c.user_id == grown.c.id, addresses.c.id > 2)).all()
plain = select(users.c.id).where(users.c.age == 2).cte()
execute(select(plain.c.id, grown.c.id).where(plain.c.id == grown.c.id)).all()
)python") {
    auto grown = select(col<&User::id>, col<&User::name>).where(col<&User::age> > 18).cte("grown");
    execute(select(grown.c(col<&User::name>))).all();
    execute(select(grown.c(col<&User::name>), col<&Address::email>)
                .where(col<&Address::user_id> == grown.c(col<&User::id>), col<&Address::id> > 2))
        .all();
    auto plain = select(col<&User::id>).where(col<&User::age> == 2).cte();
    execute(select(plain.c(col<&User::id>), grown.c(col<&User::id>))
                .where(plain.c(col<&User::id>) == grown.c(col<&User::id>)))
        .all();
}

}  // namespace differential
