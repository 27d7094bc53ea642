// executemany: one statement, many rows of parameters.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, insert_many, R"python(
execute(users.insert(), [{'name': 'a', 'age': 1}, {'name': 'b', 'age': 2}, {'name': 'c', 'age': None}])
execute(items.insert(), [{'title': 'a'}, {'title': 'b'}])
show(execute(select(func.count(users.c.id))).scalar())
)python") {
    const std::vector<std::string_view> names{"name", "age"};
    const std::vector<std::string> keys{"name", "age"};
    connection().execute_many(
        insert(users).node_for(names), keys,
        std::vector<ParameterRow>{
            {Value::text("a"), Value::of(1)}, {Value::text("b"), Value::of(2)}, {Value::text("c"), Value()}});
    const std::vector<std::string_view> title{"title"};
    connection().execute_many(insert(items).node_for(title), std::vector<std::string>{"title"},
                              std::vector<ParameterRow>{{Value::text("a")}, {Value::text("b")}});
    show(execute(select(func::count(col<&User::id>))).scalar());
}

}  // namespace differential
