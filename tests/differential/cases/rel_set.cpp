// A set of objects.
#include "differential/case.hpp"

namespace differential {

namespace rel_set_models {

struct Box;
struct Shelf {
    static constexpr auto table_name = "shelves";
    Mapped<int, primary_key> id;
    Set<Box, back_populates("shelf")> boxes;
};
struct Box {
    static constexpr auto table_name = "boxes";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("shelves.id")> shelf_id;
    One<Shelf, back_populates("boxes")> shelf;
};
using Local = Registry<Shelf, Box>;

}  // namespace rel_set_models

DIFFERENTIAL_CASE(rel, set, R"python(
Local = declarative_base()
class Shelf(Local):
    __tablename__ = 'shelves'
    id = Column(Integer, primary_key=True)
    boxes = relationship('Box', collection_class=set, back_populates='shelf')
class Box(Local):
    __tablename__ = 'boxes'
    id = Column(Integer, primary_key=True)
    shelf_id = Column(ForeignKey('shelves.id'))
    shelf = relationship('Shelf', back_populates='boxes')
create(Local.metadata)
one = Box(id=1)
s = Shelf(id=1)
s.boxes.add(one)
s.boxes.add(one)
session.add(s)
session.commit()
show(len(s.boxes))
show(one in s.boxes)
s.boxes.discard(one)
s.boxes.add(Box(id=2))
session.commit()
show(sorted(b.id for b in s.boxes))
show(one.shelf is None)
)python") {
    using namespace rel_set_models;
    create(Local::metadata());
    auto one = make(Box{.id = 1});
    auto s = make(Shelf{.id = 1});
    s->boxes.add(one);
    s->boxes.add(one);
    session.add(s);
    session.commit();
    show(static_cast<int>(s->boxes.size()));
    show(s->boxes.contains(one));
    s->boxes.discard(one);
    s->boxes.add(Box{.id = 2});
    session.commit();
    std::vector<int> ids;
    for (auto& box : s->boxes) ids.push_back(*box->id);
    show(ids);
    show(one->shelf == nullptr);
}

}  // namespace differential
