// expunge() and close(): detached objects keep what they have loaded, and nothing more.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, expunge, R"python(
a, b = User(id=1, name='a'), User(id=2, name='b')
session.add_all([a, b])
session.commit()
show(a.name)
session.expunge(a)
a.name = 'x'
session.expunge(b)
with fails():
    show(b.name)
session.commit()
session.add(a)
session.commit()
session.add(b)
show(b.name)
session.close()
show(session.query(User.name).order_by(User.id).first()[0])
with fails():
    session.refresh(b)
with fails():
    session.delete(User(name='transient'))
)python") {
    auto a = make(User{.id = 1, .name = "a"}), b = make(User{.id = 2, .name = "b"});
    session.add_all(a, b);
    session.commit();
    show(a->name);
    session.expunge(a);
    a->name = "x";
    session.expunge(b);
    fails([&] { show(b->name); });
    session.commit();
    session.add(a);
    session.commit();
    session.add(b);
    show(b->name);
    session.close();
    show(session.query(col<&User::name>).order_by(col<&User::id>).first());
    fails([&] { session.refresh(b); });
    fails([&] { session.delete_(make(User{.name = "transient"})); });
}

}  // namespace differential
