// A version counter when a primary key changes, and when a new object takes over a row.
#include "differential/case.hpp"

namespace differential {

namespace uow_version_keys_models {

struct Document {
    static constexpr auto table_name = "documents";
    Mapped<int, primary_key> id;
    Mapped<int, version_id> ver;
    Mapped<std::optional<int>> x;
};
using Local = Registry<Document>;

}  // namespace uow_version_keys_models

DIFFERENTIAL_CASE(uow, version_keys, R"python(
Local = declarative_base()
class Document(Local):
    __tablename__ = 'documents'
    id = Column(Integer, primary_key=True)
    ver = Column(Integer, nullable=False)
    x = Column(Integer)
    __mapper_args__ = {'version_id_col': ver}
create(Local.metadata)
d = Document(id=1, x=1)
session.add(d)
session.flush()
d.id = 20
session.flush()
show(d.id, d.ver)
d.x = 2
session.commit()
session.delete(d)
n = Document(id=20, x=5)
session.add(n)
session.flush()
show(n.ver)
session.delete(n)
o = Document(id=20, ver=40, x=6)
session.add(o)
session.flush()
show(o.ver)
o.x = 7
session.commit()
show(o.ver)
session.rollback()
p = Document(id=21, x=1)
session.add(p)
session.flush()
session.rollback()
session.add(p)
session.commit()
show(p.ver)
)python") {
    using namespace uow_version_keys_models;
    create(Local::metadata());
    auto d = session.add(Document{.id = 1, .x = 1});
    session.flush();
    d->id = 20;
    session.flush();
    show(d->id, d->ver);
    d->x = 2;
    session.commit();
    session.delete_(d);
    auto n = session.add(Document{.id = 20, .x = 5});
    session.flush();
    show(n->ver);
    session.delete_(n);
    auto o = session.add(Document{.id = 20, .ver = 40, .x = 6});
    session.flush();
    show(o->ver);
    o->x = 7;
    session.commit();
    show(o->ver);
    session.rollback();
    auto p = session.add(Document{.id = 21, .x = 1});
    session.flush();
    session.rollback();
    session.add(p);
    session.commit();
    show(p->ver);
}

}  // namespace differential
