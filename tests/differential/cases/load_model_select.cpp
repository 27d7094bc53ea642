// lazy("selectin"), lazy("subquery") and lazy("immediate") in the model.
#include "differential/case.hpp"

namespace differential {

namespace load_model_select_models {

struct Stop;
struct Cost;
struct Note;
struct Trip {
    static constexpr auto table_name = "trips";
    Mapped<int, primary_key> id;
    Many<Stop, lazy("selectin"), order_by("id")> stops;
    Many<Cost, lazy("subquery"), order_by("id")> costs;
    Many<Note, lazy("immediate"), order_by("id")> notes;
};
struct Stop {
    static constexpr auto table_name = "stops";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("trips.id")> trip_id;
};
struct Cost {
    static constexpr auto table_name = "costs";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("trips.id")> trip_id;
};
struct Note {
    static constexpr auto table_name = "trip_notes";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("trips.id")> trip_id;
};
using Local = Registry<Trip, Stop, Cost, Note>;

}  // namespace load_model_select_models

DIFFERENTIAL_CASE(load, model_select, R"python(
Local = declarative_base()
class Trip(Local):
    __tablename__ = 'trips'
    id = Column(Integer, primary_key=True)
    stops = relationship('Stop', lazy='selectin', order_by='Stop.id')
    costs = relationship('Cost', lazy='subquery', order_by='Cost.id')
    notes = relationship('Note', lazy='immediate', order_by='Note.id')
class Stop(Local):
    __tablename__ = 'stops'
    id = Column(Integer, primary_key=True)
    trip_id = Column(ForeignKey('trips.id'))
class Cost(Local):
    __tablename__ = 'costs'
    id = Column(Integer, primary_key=True)
    trip_id = Column(ForeignKey('trips.id'))
class Note(Local):
    __tablename__ = 'trip_notes'
    id = Column(Integer, primary_key=True)
    trip_id = Column(ForeignKey('trips.id'))
create(Local.metadata)
session.add(Trip(id=1, stops=[Stop(id=1), Stop(id=2)], costs=[Cost(id=1)], notes=[Note(id=1)]))
session.commit()
session.expunge_all()
q = session.query(Trip).options(lazyload(Trip.costs), lazyload(Trip.notes))
show([len(t.stops) for t in q])
session.expunge_all()
q = session.query(Trip).options(lazyload(Trip.stops), lazyload(Trip.notes))
show([len(t.costs) for t in q])
session.expunge_all()
q = session.query(Trip).options(lazyload(Trip.stops), lazyload(Trip.costs))
show([len(t.notes) for t in q])
)python") {
    using namespace load_model_select_models;
    create(Local::metadata());
    session.add(
        Trip{.id = 1, .stops = {Stop{.id = 1}, Stop{.id = 2}}, .costs = {Cost{.id = 1}}, .notes = {Note{.id = 1}}});
    session.commit();
    session.expunge_all();
    const auto q = session.query<Trip>();
    std::vector<int> sizes;
    for (auto& t : q.options(lazyload(rel<&Trip::costs>), lazyload(rel<&Trip::notes>)))
        sizes.push_back(static_cast<int>(t->stops.size()));
    show(sizes);
    session.expunge_all();
    sizes.clear();
    for (auto& t : q.options(lazyload(rel<&Trip::stops>), lazyload(rel<&Trip::notes>)))
        sizes.push_back(static_cast<int>(t->costs.size()));
    show(sizes);
    session.expunge_all();
    sizes.clear();
    for (auto& t : q.options(lazyload(rel<&Trip::stops>), lazyload(rel<&Trip::costs>)))
        sizes.push_back(static_cast<int>(t->notes.size()));
    show(sizes);
}

}  // namespace differential
