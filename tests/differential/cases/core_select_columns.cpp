// select(): names of columns, the same name and the same column twice, whole tables.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, select_columns, R"python(
execute(select(users.c.id, users.c.name)).all()
execute(select(users.c.id, addresses.c.id).where(users.c.id == addresses.c.user_id)).all()
execute(select(users.c.id, users.c.id)).all()
execute(select(users)).all()
execute(select(countries, users.c.id)).all()
execute(select(func.lower(users.c.name), func.lower(users.c.fullname), users.c.age + 1)).all()
)python") {
    execute(select(col<&User::id>, col<&User::name>)).all();
    execute(select(col<&User::id>, col<&Address::id>).where(col<&User::id> == col<&Address::user_id>)).all();
    execute(select(col<&User::id>, col<&User::id>)).all();
    execute(select(users)).all();
    execute(select(countries, col<&User::id>)).all();
    execute(select(func::lower(col<&User::name>), func::lower(col<&User::fullname>), col<&User::age> + 1)).all();
}

}  // namespace differential
