// A version counter: INSERT, UPDATE, DELETE, and a row that somebody else has changed.
#include "differential/case.hpp"

namespace differential {

namespace uow_version_models {

struct Document {
    static constexpr auto table_name = "documents";
    Mapped<int, primary_key> id;
    Mapped<int, version_id> ver;
    Mapped<std::optional<int>> x;
};
using Local = Registry<Document>;

}  // namespace uow_version_models

DIFFERENTIAL_CASE(uow, version, R"python(
Local = declarative_base()
class Document(Local):
    __tablename__ = 'documents'
    id = Column(Integer, primary_key=True)
    ver = Column(Integer, nullable=False)
    x = Column(Integer)
    __mapper_args__ = {'version_id_col': ver}
create(Local.metadata)
d = Document(x=1, ver=7)
session.add(d)
session.commit()
d.x = 2
session.flush()
show(d.ver)
d.x = d.x
session.flush()
d.x = Document.x + 1
session.flush()
show(d.ver, d.x)
d.ver = 10
session.flush()
show(d.ver)
session.commit()
d.ver = 20
session.commit()
show(d.ver)
session.query(Document).filter(Document.x == 3).update({'x': 4})
show(d.ver)
session.execute(text('UPDATE documents SET ver = 99'))
d.x = 5
with fails():
    session.flush()
session.rollback()
show(d.ver, d.x)
session.execute(text('UPDATE documents SET ver = 99'))
session.delete(d)
with fails():
    session.flush()
session.rollback()
show(d.ver)
session.commit()
session.delete(d)
session.commit()
)python") {
    using namespace uow_version_models;
    create(Local::metadata());
    auto d = session.add(Document{.ver = 7, .x = 1});
    session.commit();
    d->x = 2;
    session.flush();
    show(d->ver);
    d->x = *d->x;
    session.flush();
    d->x = col<&Document::x> + 1;
    session.flush();
    show(d->ver, d->x);
    d->ver = 10;
    session.flush();
    show(d->ver);
    session.commit();
    d->ver = 20;
    session.commit();
    show(d->ver);
    session.query<Document>().filter(col<&Document::x> == 3).update(col<&Document::x> = 4);
    show(d->ver);
    session.execute(text("UPDATE documents SET ver = 99"));
    d->x = 5;
    fails([&] { session.flush(); });
    session.rollback();
    show(d->ver, d->x);
    session.execute(text("UPDATE documents SET ver = 99"));
    session.delete_(d);
    fails([&] { session.flush(); });
    session.rollback();
    show(d->ver);
    session.commit();
    session.delete_(d);
    session.commit();
}

}  // namespace differential
