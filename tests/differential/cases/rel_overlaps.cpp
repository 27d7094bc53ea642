// Relationships that write the same column without being two sides of one are a warning, unless they say so.
#include "differential/case.hpp"

namespace differential {

namespace rel_overlaps_models {

struct Child;
struct Parent {
    static constexpr auto table_name = "parents";
    Mapped<int, primary_key> id;
    Many<Child> children;
    Many<Child> more;
    Many<Child, viewonly> seen;
    Many<Child, overlaps("children,more")> silent;
    Many<Child, secondary("links")> linked;
    Many<Child, secondary("links")> linked_too;
};
struct Child {
    static constexpr auto table_name = "children";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("parents.id")> parent_id;
};
using Local = Registry<Parent, Child>;
const Table links{"links", Local::metadata(), Column{"parent_id", ForeignKey("parents.id"), primary_key},
                  Column{"child_id", ForeignKey("children.id"), primary_key}};

}  // namespace rel_overlaps_models

DIFFERENTIAL_CASE(rel, overlaps, R"python(
Local = declarative_base()
links = Table('links', Local.metadata, Column('parent_id', ForeignKey('parents.id'), primary_key=True),
              Column('child_id', ForeignKey('children.id'), primary_key=True))
class Parent(Local):
    __tablename__ = 'parents'
    id = Column(Integer, primary_key=True)
    children = relationship('Child')
    more = relationship('Child')
    seen = relationship('Child', viewonly=True)
    silent = relationship('Child', overlaps='children,more')
    linked = relationship('Child', secondary=links)
    linked_too = relationship('Child', secondary=links)
class Child(Local):
    __tablename__ = 'children'
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey('parents.id'))
create(Local.metadata)
p = Parent(id=1)
p.children.append(Child(id=1))
session.add(p)
session.commit()
)python") {
    using namespace rel_overlaps_models;
    create(Local::metadata());
    auto p = make(Parent{.id = 1});
    p->children.append(Child{.id = 1});
    session.add(p);
    session.commit();
}

}  // namespace differential
