// lazy("raise") and lazy("noload") in the model, and an option that loads after all.
#include "differential/case.hpp"

namespace differential {

namespace load_model_never_models {

struct Stop;
struct Cost;
struct Trip {
    static constexpr auto table_name = "trips";
    Mapped<int, primary_key> id;
    Many<Stop, lazy("raise")> stops;
    Many<Cost, lazy("noload")> costs;
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
using Local = Registry<Trip, Stop, Cost>;

}  // namespace load_model_never_models

DIFFERENTIAL_CASE(load, model_never, R"python(
Local = declarative_base()
class Trip(Local):
    __tablename__ = 'trips'
    id = Column(Integer, primary_key=True)
    stops = relationship('Stop', lazy='raise')
    costs = relationship('Cost', lazy='noload')
class Stop(Local):
    __tablename__ = 'stops'
    id = Column(Integer, primary_key=True)
    trip_id = Column(ForeignKey('trips.id'))
class Cost(Local):
    __tablename__ = 'costs'
    id = Column(Integer, primary_key=True)
    trip_id = Column(ForeignKey('trips.id'))
create(Local.metadata)
session.add(Trip(id=1, stops=[Stop(id=1)], costs=[Cost(id=1)]))
session.commit()
session.expunge_all()
t = session.query(Trip).one()
with fails():
    len(t.stops)
show(len(t.costs))
session.expunge_all()
t = session.query(Trip).options(lazyload(Trip.stops), selectinload(Trip.costs)).one()
show(len(t.stops))
show(len(t.costs))
)python") {
    using namespace load_model_never_models;
    create(Local::metadata());
    session.add(Trip{.id = 1, .stops = {Stop{.id = 1}}, .costs = {Cost{.id = 1}}});
    session.commit();
    session.expunge_all();
    auto t = session.query<Trip>().one();
    fails([&] { (void)t->stops.size(); });
    show(static_cast<int>(t->costs.size()));
    session.expunge_all();
    t = session.query<Trip>().options(lazyload(rel<&Trip::stops>), selectinload(rel<&Trip::costs>)).one();
    show(static_cast<int>(t->stops.size()));
    show(static_cast<int>(t->costs.size()));
}

}  // namespace differential
