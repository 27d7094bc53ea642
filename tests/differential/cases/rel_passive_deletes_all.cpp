// passive_deletes("all"): the session never touches the objects of a deleted one.
#include "differential/case.hpp"
#include "differential/library.hpp"

namespace differential {

namespace rel_passive_deletes_all_models {

struct Album;
struct Band {
    static constexpr auto table_name = "bands";
    Mapped<int, primary_key> id;
    Many<Album, passive_deletes("all")> albums;
};
struct Album {
    static constexpr auto table_name = "albums";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("bands.id", ondelete("SET NULL"))> band_id;
};
using Local = Registry<Band, Album>;

}  // namespace rel_passive_deletes_all_models

DIFFERENTIAL_CASE(rel, passive_deletes_all, R"python(
Local = declarative_base()
class Band(Local):
    __tablename__ = 'bands'
    id = Column(Integer, primary_key=True)
    albums = relationship('Album', passive_deletes='all')
class Album(Local):
    __tablename__ = 'albums'
    id = Column(Integer, primary_key=True)
    band_id = Column(ForeignKey('bands.id', ondelete='SET NULL'))
create(Local.metadata)
session.add(Band(id=1, albums=[Album(id=1), Album(id=2)]))
session.commit()
b = session.get(Band, 1)
show(len(b.albums))
session.delete(b)
session.commit()
show(session.query(Album.band_id).all())
)python") {
    using namespace rel_passive_deletes_all_models;
    create(Local::metadata());
    session.add(Band{.id = 1, .albums = {Album{.id = 1}, Album{.id = 2}}});
    session.commit();
    auto b = session.get<Band>(1);
    show(count_of(b->albums));
    session.delete_(b);
    session.commit();
    std::vector<std::tuple<std::optional<int>>> keys;
    for (auto& key : session.query(col<&Album::band_id>)) keys.emplace_back(key);
    show(keys);
}

}  // namespace differential
