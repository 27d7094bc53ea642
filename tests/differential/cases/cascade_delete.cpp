// delete: what belongs to a deleted object is loaded and deleted first; an object taken out of the list stays.
#include "differential/case.hpp"

namespace differential {

namespace cascade_delete_models {

struct Child;
struct Parent {
    static constexpr auto table_name = "parents";
    Mapped<int, primary_key> id;
    Many<Child, cascade("save-update, delete"), order_by("id")> children;
};
struct Child {
    static constexpr auto table_name = "children";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("parents.id")> parent_id;
};
using Local = Registry<Parent, Child>;

}  // namespace cascade_delete_models

DIFFERENTIAL_CASE(cascade, delete, R"python(
Local = declarative_base()
class Parent(Local):
    __tablename__ = 'parents'
    id = Column(Integer, primary_key=True)
    children = relationship('Child', cascade='save-update, delete', order_by='Child.id')
class Child(Local):
    __tablename__ = 'children'
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey('parents.id'))
create(Local.metadata)
p = Parent(id=1, children=[Child(id=1), Child(id=2), Child(id=3)])
session.add(p)
session.commit()
p.children.remove(p.children[0])
session.flush()
session.delete(p)
show(len(session.deleted))
session.commit()
show(session.query(Child.id).all())
)python") {
    using namespace cascade_delete_models;
    create(Local::metadata());
    auto p = make(Parent{.id = 1, .children = {Child{.id = 1}, Child{.id = 2}, Child{.id = 3}}});
    session.add(p);
    session.commit();
    p->children.remove(p->children[0]);
    session.flush();
    session.delete_(p);
    show(static_cast<int>(session.deleted().size()));
    session.commit();
    std::vector<std::tuple<int>> ids;
    for (auto& id : session.query(col<&Child::id>)) ids.emplace_back(id);
    show(ids);
}

}  // namespace differential
