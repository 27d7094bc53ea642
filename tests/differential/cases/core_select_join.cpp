// JOIN and OUTER JOIN by foreign key and by condition.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, select_join, R"python(
execute(select(users.c.name, addresses.c.email).join(addresses)).all()
execute(select(users.c.name, addresses.c.email).join(addresses, users.c.id == addresses.c.user_id)).all()
execute(select(users.c.name).outerjoin(addresses)).all()
execute(select(users.c.name).outerjoin(addresses, and_(users.c.id == addresses.c.user_id, addresses.c.email == 'x'))).all()
execute(select(users.c.id).select_from(users.join(addresses))).all()
execute(select(users.c.id).select_from(users.outerjoin(addresses, users.c.age == addresses.c.id)).where(users.c.id > 1)).all()
with fails():
    execute(select(users.c.id).join(items)).all()
)python") {
    differs("where only one table could be meant, the error says which two tables have no foreign key between them",
            "raises InvalidRequestError", "raises NoForeignKeysError");
    execute(select(col<&User::name>, col<&Address::email>).join(addresses)).all();
    execute(select(col<&User::name>, col<&Address::email>).join(addresses, col<&User::id> == col<&Address::user_id>))
        .all();
    execute(select(col<&User::name>).outerjoin(addresses)).all();
    execute(select(col<&User::name>)
                .outerjoin(addresses, and_(col<&User::id> == col<&Address::user_id>, col<&Address::email> == "x")))
        .all();
    execute(select(col<&User::id>).select_from(join(users, addresses))).all();
    execute(select(col<&User::id>)
                .select_from(outerjoin(users, addresses, col<&User::age> == col<&Address::id>))
                .where(col<&User::id> > 1))
        .all();
    fails([&] { execute(select(col<&User::id>).join(items)).all(); });
}

}  // namespace differential
