// Objects that are changed while their query is iterated.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, changed_in_loop, R"python(
session.add_all([User(id=i, name='n') for i in (1, 2, 3)])
session.commit()
for u in session.query(User).order_by(User.id):
    u.name = u.name + str(u.id)
session.query(Country).all()
for u in session.query(User).filter(User.id > 1).order_by(User.id.desc()):
    session.delete(u)
session.commit()
show(session.query(User.name).all())
)python") {
    for (int i = 1; i < 4; ++i) session.add(User{.id = i, .name = "n"});
    session.commit();
    {
        for (auto& u : session.query<User>().order_by(col<&User::id>)) u->name += std::to_string(u->id);
        session.query<Country>().all();
    }
    for (auto& u : session.query<User>().filter(col<&User::id> > 1).order_by(col<&User::id>.desc())) session.delete_(u);
    session.commit();
    std::vector<std::tuple<std::string>> names;
    for (auto& name : session.query(col<&User::name>)) names.emplace_back(name);
    show(names);
}

}  // namespace differential
