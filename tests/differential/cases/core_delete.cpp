// DELETE: all rows, criteria, a subquery, row counts.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, delete, R"python(
execute(users.insert(), [{'name': 'a'}, {'name': 'b'}, {'name': 'c'}])
show(execute(users.delete().where(users.c.name == 'a', users.c.id > 0)).rowcount)
execute(users.delete().where(users.c.id.in_(select(addresses.c.user_id))))
execute(users.delete().where(~exists().where(addresses.c.user_id == users.c.id), users.c.name == 'b'))
show(execute(delete(users)).rowcount)
)python") {
    const std::vector<std::string_view> names{"name"};
    connection().execute_many(insert(users).node_for(names), std::vector<std::string>{"name"},
                              std::vector<ParameterRow>{{Value::text("a")}, {Value::text("b")}, {Value::text("c")}});
    show(execute(delete_(users).where(col<&User::name> == "a", col<&User::id> > 0)).rowcount());
    execute(delete_(users).where(col<&User::id>.in_(select(col<&Address::user_id>))));
    execute(delete_(users).where(!exists().where(col<&Address::user_id> == col<&User::id>), col<&User::name> == "b"));
    show(execute(delete_(users)).rowcount());
}

}  // namespace differential
