// One INSERT with several rows of VALUES.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, insert_rows, R"python(
execute(users.insert().values([{'name': 'a', 'age': 1}, {'name': 'b', 'age': 2}]))
execute(items.insert().values([{'title': 'a'}, {'title': 'b'}]))
show(execute(select(items.c.quantity)).scalars().all())
)python") {
    execute(insert(users).values("name"_a = "a", "age"_a = 1).add_row("name"_a = "b", "age"_a = 2));
    execute(insert(items).values("title"_a = "a").add_row("title"_a = "b"));
    show(execute(select(col<&Item::quantity>)).all());
}

}  // namespace differential
