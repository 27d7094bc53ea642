// merge() of an object with a version counter.
#include "differential/case.hpp"

namespace differential {

namespace cascade_merge_version_models {

struct Document {
    static constexpr auto table_name = "documents";
    Mapped<int, primary_key> id;
    Mapped<int, version_id> ver;
    Mapped<std::optional<int>> x;
};
using Local = Registry<Document>;

}  // namespace cascade_merge_version_models

DIFFERENTIAL_CASE(cascade, merge_version, R"python(
Local = declarative_base()
class Document(Local):
    __tablename__ = 'documents'
    id = Column(Integer, primary_key=True)
    ver = Column(Integer, nullable=False)
    x = Column(Integer)
    __mapper_args__ = {'version_id_col': ver}
create(Local.metadata)
session.add(Document(id=1, x=1))
session.commit()
d = session.merge(Document(id=1, x=2))
session.flush()
show(d.ver)
d = session.merge(Document(id=1, ver=2, x=3))
session.flush()
show(d.ver)
with fails():
    session.merge(Document(id=1, ver=2, x=4))
show(d.x)
session.commit()
session.close()
n = session.merge(Document(id=2, ver=8, x=5))
session.commit()
show(n.ver)
with fails():
    session.merge(Document(id=1, ver=2, x=4))
)python") {
    using namespace cascade_merge_version_models;
    create(Local::metadata());
    session.add(Document{.id = 1, .x = 1});
    session.commit();
    auto d = session.merge(Document{.id = 1, .x = 2});
    session.flush();
    show(d->ver);
    d = session.merge(Document{.id = 1, .ver = 2, .x = 3});
    session.flush();
    show(d->ver);
    fails([&] { session.merge(Document{.id = 1, .ver = 2, .x = 4}); });
    show(d->x);
    session.commit();
    session.close();
    auto n = session.merge(Document{.id = 2, .ver = 8, .x = 5});
    session.commit();
    show(n->ver);
    fails([&] { session.merge(Document{.id = 1, .ver = 2, .x = 4}); });
}

}  // namespace differential
