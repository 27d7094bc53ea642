// A version counter with several rows: UPDATEs one by one, counted together; DELETEs in one executemany.
#include "differential/case.hpp"

namespace differential {

namespace uow_version_many_models {

struct Document {
    static constexpr auto table_name = "documents";
    Mapped<int, primary_key> id;
    Mapped<int, version_id> ver;
    Mapped<std::optional<int>> x;
    Mapped<std::optional<int>> y;
};
using Local = Registry<Document>;

}  // namespace uow_version_many_models

DIFFERENTIAL_CASE(uow, version_many, R"python(
Local = declarative_base()
class Document(Local):
    __tablename__ = 'documents'
    id = Column(Integer, primary_key=True)
    ver = Column(Integer, nullable=False)
    x = Column(Integer)
    y = Column(Integer)
    __mapper_args__ = {'version_id_col': ver}
create(Local.metadata)
all = [Document(id=1, x=1), Document(id=2, x=2), Document(id=3, x=3), Document(id=4, x=4)]
session.add_all(all)
session.flush()
all[0].x, all[1].x, all[3].x = 11, 12, 14
all[2].y = 13
session.flush()
show([d.ver for d in all])
session.commit()
show([d.x for d in all])
session.execute(text('UPDATE documents SET ver = 9 WHERE id = 2'))
for d in all:
    d.y = d.x
with fails():
    session.flush()
session.rollback()
show([d.ver for d in all])
session.execute(text('UPDATE documents SET ver = 9 WHERE id = 2'))
for d in all:
    session.delete(d)
with fails():
    session.flush()
session.rollback()
show([d.ver for d in all])
for d in all:
    session.delete(d)
session.commit()
)python") {
    using namespace uow_version_many_models;
    create(Local::metadata());
    std::vector all{make(Document{.id = 1, .x = 1}), make(Document{.id = 2, .x = 2}), make(Document{.id = 3, .x = 3}),
                    make(Document{.id = 4, .x = 4})};
    const auto versions = [&] {
        std::vector<int> found;
        for (const auto& d : all) found.push_back(d->ver);
        return found;
    };
    for (const auto& d : all) session.add(d);
    session.flush();
    all[0]->x = 11;
    all[1]->x = 12;
    all[3]->x = 14;
    all[2]->y = 13;
    session.flush();
    show(versions());
    session.commit();
    std::vector<std::optional<int>> xs;
    for (const auto& d : all) xs.push_back(*d->x);
    show(xs);
    session.execute(text("UPDATE documents SET ver = 9 WHERE id = 2"));
    for (const auto& d : all) d->y = *d->x;
    fails([&] { session.flush(); });
    session.rollback();
    show(versions());
    session.execute(text("UPDATE documents SET ver = 9 WHERE id = 2"));
    for (const auto& d : all) session.delete_(d);
    fails([&] { session.flush(); });
    session.rollback();
    show(versions());
    for (const auto& d : all) session.delete_(d);
    session.commit();
}

}  // namespace differential
