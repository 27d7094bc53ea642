// session.new, dirty and deleted.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(session, sets, R"python(
a, b = User(id=1, name='a'), User(id=2, name='b')
session.add_all([a, b])
show(len(session.new), len(session.dirty), len(session.deleted))
session.commit()
show(len(session.new), len(session.dirty), len(session.deleted))
a.name = 'a'
session.delete(b)
show(len(session.new), len(session.dirty), len(session.deleted), a in session.dirty)
session.flush()
show(len(session.dirty), len(session.deleted))
c = User(name='c')
session.add(c)
show(c in session.new, c in session)
session.rollback()
show(c in session, len(session.dirty), len(session.deleted))
)python") {
    const auto size = [](const ObjectSet& set) { return static_cast<int>(set.size()); };
    auto a = make(User{.id = 1, .name = "a"}), b = make(User{.id = 2, .name = "b"});
    session.add_all(a, b);
    show(size(session.new_()), size(session.dirty()), size(session.deleted()));
    session.commit();
    show(size(session.new_()), size(session.dirty()), size(session.deleted()));
    a->name = "a";
    session.delete_(b);
    show(size(session.new_()), size(session.dirty()), size(session.deleted()), session.dirty().contains(a));
    session.flush();
    show(size(session.dirty()), size(session.deleted()));
    auto c = session.add(User{.name = "c"});
    show(session.new_().contains(c), session.contains(c));
    session.rollback();
    show(session.contains(c), size(session.dirty()), size(session.deleted()));
}

}  // namespace differential
