// delete over an association table: the other objects go with their pairs.
#include "differential/case.hpp"

namespace differential {

namespace cascade_delete_many_to_many_models {

struct R;
struct L {
    static constexpr auto table_name = "lefts";
    Mapped<int, primary_key> id;
    Many<R, secondary("links"), cascade("all, delete"), back_populates("lefts"), order_by("id")> rights;
};
struct R {
    static constexpr auto table_name = "rights";
    Mapped<int, primary_key> id;
    Many<L> lefts;
};
using Local = Registry<L, R>;
inline const Table links{"links", Local::metadata(), Column{"a_id", ForeignKey("lefts.id"), primary_key},
                         Column{"b_id", ForeignKey("rights.id"), primary_key}};

}  // namespace cascade_delete_many_to_many_models

DIFFERENTIAL_CASE(cascade, delete_many_to_many, R"python(
Local = declarative_base()
Table('links', Local.metadata, Column('a_id', ForeignKey('lefts.id'), primary_key=True),
      Column('b_id', ForeignKey('rights.id'), primary_key=True))
class L(Local):
    __tablename__ = 'lefts'
    id = Column(Integer, primary_key=True)
    rights = relationship('R', secondary='links', cascade='all, delete', back_populates='lefts', order_by='R.id')
class R(Local):
    __tablename__ = 'rights'
    id = Column(Integer, primary_key=True)
    lefts = relationship('L', secondary='links', back_populates='rights')
create(Local.metadata)
l = L(id=1, rights=[R(id=1)])
session.add(l)
session.commit()
session.delete(l)
session.commit()
show(session.query(L).count())
show(session.query(R).count())
)python") {
    using namespace cascade_delete_many_to_many_models;
    create(Local::metadata());
    auto l = make(L{.id = 1, .rights = {R{.id = 1}}});
    session.add(l);
    session.commit();
    session.delete_(l);
    session.commit();
    show(session.query<L>().count());
    show(session.query<R>().count());
}

}  // namespace differential
