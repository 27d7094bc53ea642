// passive_deletes: what is not in memory is left to the database, what is in memory is deleted.
#include "differential/case.hpp"
#include "differential/library.hpp"

namespace differential {

namespace rel_passive_deletes_models {

struct Album;
struct Band {
    static constexpr auto table_name = "bands";
    Mapped<int, primary_key> id;
    Many<Album, cascade("all, delete-orphan"), passive_deletes> albums;
};
struct Album {
    static constexpr auto table_name = "albums";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("bands.id", ondelete("CASCADE"))> band_id;
};
using Local = Registry<Band, Album>;

}  // namespace rel_passive_deletes_models

DIFFERENTIAL_CASE(rel, passive_deletes, R"python(
Local = declarative_base()
class Band(Local):
    __tablename__ = 'bands'
    id = Column(Integer, primary_key=True)
    albums = relationship('Album', cascade='all, delete-orphan', passive_deletes=True)
class Album(Local):
    __tablename__ = 'albums'
    id = Column(Integer, primary_key=True)
    band_id = Column(ForeignKey('bands.id', ondelete='CASCADE'))
create(Local.metadata)
session.add_all([Band(id=1, albums=[Album(id=1), Album(id=2)]), Band(id=2, albums=[Album(id=3)])])
session.commit()
session.expunge_all()
session.delete(session.get(Band, 1))
session.commit()
show(session.query(Album).count())
b = session.get(Band, 2)
show(len(b.albums))
session.delete(b)
session.commit()
show(session.query(Album).count())
)python") {
    using namespace rel_passive_deletes_models;
    create(Local::metadata());
    session.add_all(Band{.id = 1, .albums = {Album{.id = 1}, Album{.id = 2}}},
                    Band{.id = 2, .albums = {Album{.id = 3}}});
    session.commit();
    session.expunge_all();
    session.delete_(session.get<Band>(1));
    session.commit();
    show(session.query<Album>().count());
    auto b = session.get<Band>(2);
    show(count_of(b->albums));
    session.delete_(b);
    session.commit();
    show(session.query<Album>().count());
}

}  // namespace differential
