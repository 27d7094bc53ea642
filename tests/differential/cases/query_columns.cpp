// Columns and values as rows.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, columns, R"python(
session.add_all([User(id=1, name='a', age=1, active=True), User(id=2, name='b')])
session.commit()
show(session.query(User.id, User.name, User.age, User.active).order_by(User.id).all())
show(session.query(User.name.label('who'), (User.id * 2).label('double')).order_by('double').all())
show([(name,) for (name,) in session.query(User.name).order_by(User.name.desc())])
show(session.query(func.max(User.age), func.count(User.id)).one())
session.query(User.id, Address.id).filter(User.id == Address.user_id).all()
session.query(User.name, User.name).all()
)python") {
    session.add_all(User{.id = 1, .name = "a", .age = 1, .active = true}, User{.id = 2, .name = "b"});
    session.commit();
    show(session.query(col<&User::id>, col<&User::name>, col<&User::age>, col<&User::active>)
             .order_by(col<&User::id>)
             .all());
    show(session.query(col<&User::name>.label("who"), (col<&User::id> * 2).label("double")).order_by("double").all());
    std::vector<std::tuple<std::string>> names;
    for (const auto& name : session.query(col<&User::name>).order_by(col<&User::name>.desc())) names.emplace_back(name);
    show(names);
    show(session.query(func::max(col<&User::age>), func::count(col<&User::id>)).one());
    session.query(col<&User::id>, col<&Address::id>).filter(col<&User::id> == col<&Address::user_id>).all();
    session.query(col<&User::name>, col<&User::name>).all();
}

}  // namespace differential
