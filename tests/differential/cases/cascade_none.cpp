// Without any cascade related objects are added by hand.
#include "differential/case.hpp"

namespace differential {

namespace cascade_none_models {

struct Child;
struct Parent {
    static constexpr auto table_name = "parents";
    Mapped<int, primary_key> id;
    Many<Child, cascade("none")> children;
};
struct Child {
    static constexpr auto table_name = "children";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("parents.id")> parent_id;
};
using Local = Registry<Parent, Child>;

}  // namespace cascade_none_models

DIFFERENTIAL_CASE(cascade, none, R"python(
Local = declarative_base()
class Parent(Local):
    __tablename__ = 'parents'
    id = Column(Integer, primary_key=True)
    children = relationship('Child', cascade='')
class Child(Local):
    __tablename__ = 'children'
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey('parents.id'))
create(Local.metadata)
c = Child(id=1)
p = Parent(id=1, children=[c])
session.add(p)
show(c in session)
session.flush()
session.add(c)
session.commit()
show(c.parent_id)
p.children.append(c)
session.commit()
show(c.parent_id)
show(len(p.children))
)python") {
    using namespace cascade_none_models;
    create(Local::metadata());
    auto c = make(Child{.id = 1});
    auto p = make(Parent{.id = 1, .children = {c}});
    session.add(p);
    show(session.contains(c));
    session.flush();
    session.add(c);
    session.commit();
    show(c->parent_id);
    p->children.append(c);
    session.commit();
    show(c->parent_id);
    show(static_cast<int>(p->children.size()));
}

}  // namespace differential
