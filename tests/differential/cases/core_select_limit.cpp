// LIMIT and OFFSET, alone and together.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, select_limit, R"python(
execute(select(users.c.id).limit(5)).all()
execute(select(users.c.id).offset(3)).all()
execute(select(users.c.id).order_by(users.c.name).limit(5).offset(3)).all()
execute(select(users.c.id).limit(0)).all()
execute(select(users.c.id).limit(5).where(users.c.age == 1)).all()
)python") {
    execute(select(col<&User::id>).limit(5)).all();
    execute(select(col<&User::id>).offset(3)).all();
    execute(select(col<&User::id>).order_by(col<&User::name>).limit(5).offset(3)).all();
    execute(select(col<&User::id>).limit(0)).all();
    execute(select(col<&User::id>).limit(5).where(col<&User::age> == 1)).all();
}

}  // namespace differential
