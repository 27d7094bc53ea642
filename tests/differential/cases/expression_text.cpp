// text() as a criterion, as an order, and as a whole statement.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, text, R"python(
session.query(User.id).filter(text('age > :least').bindparams(least=3)).all()
session.query(User.id).filter(text("name = 'a' OR name = 'b'"), User.age == 1).all()
session.query(User.id).filter(or_(text('age > 1'), User.age == 1)).all()
session.execute(text('SELECT count(*) FROM users WHERE age < :most AND name = :name'), {'most': 4, 'name': 'ed'}).scalar()
session.execute(text(r"SELECT '\:x', :x"), {'x': 1}).all()
show(session.execute(text('SELECT :a, :b, :a'), {'a': 1, 'b': 'two'}).fetchone()[1])
)python") {
    session.query(col<&User::id>).filter(text("age > :least").bindparams("least"_a = 3)).all();
    session.query(col<&User::id>).filter(text("name = 'a' OR name = 'b'"), col<&User::age> == 1).all();
    session.query(col<&User::id>).filter(or_(text("age > 1"), col<&User::age> == 1)).all();
    session
        .execute(text("SELECT count(*) FROM users WHERE age < :most AND name = :name"), "most"_a = 4, "name"_a = "ed")
        .scalar();
    session.execute(text(R"(SELECT '\:x', :x)"), "x"_a = 1).all();
    show(session.execute(text("SELECT :a, :b, :a"), "a"_a = 1, "b"_a = "two").fetchone()->get<std::string>(1));
}

}  // namespace differential
