// text() on a connection: parameters by name, typed columns, text as a subquery.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, text, R"python(
execute(text('INSERT INTO users (name, age) VALUES (:name, :age)'), {'name': 'ed', 'age': 4})
show(execute(text('SELECT age FROM users WHERE name = :who'), {'who': 'ed'}).scalar())
t = text('SELECT id, name FROM users WHERE age > :least').bindparams(least=1).columns(id=Integer, name=String)
show([tuple(row) for row in execute(t)])
with fails():
    execute(text('SELECT :missing'))
with fails():
    execute(text('SELECT * FROM nowhere'))
)python") {
    execute(text("INSERT INTO users (name, age) VALUES (:name, :age)"), "name"_a = "ed", "age"_a = 4);
    show(execute(text("SELECT age FROM users WHERE name = :who").columns<int>(), "who"_a = "ed").scalar());
    auto t =
        text("SELECT id, name FROM users WHERE age > :least").bindparams("least"_a = 1).columns<int, std::string>();
    show(execute(t).all());
    fails([&] { execute(text("SELECT :missing")); });
    fails([&] { execute(text("SELECT * FROM nowhere")); });
}

}  // namespace differential
