// What a scalar SELECT takes from the enclosing statement, and what it keeps.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, correlation, R"python(
inner = select(func.max(addresses.c.id)).where(addresses.c.user_id == users.c.id)
execute(select(users.c.id).where(users.c.age == inner.scalar_subquery())).all()
execute(select(users.c.id).where(users.c.age == select(func.max(users.c.age)).scalar_subquery())).all()
with fails():
    execute(select(users.c.id, addresses.c.id).where(users.c.age == inner.scalar_subquery())).all()
execute(inner).all()
)python") {
    auto inner = select(func::max(col<&Address::id>)).where(col<&Address::user_id> == col<&User::id>);
    execute(select(col<&User::id>).where(col<&User::age> == inner.scalar_subquery())).all();
    execute(select(col<&User::id>).where(col<&User::age> == select(func::max(col<&User::age>)).scalar_subquery()))
        .all();
    fails([&] {
        execute(select(col<&User::id>, col<&Address::id>).where(col<&User::age> == inner.scalar_subquery())).all();
    });
    execute(inner).all();
}

}  // namespace differential
