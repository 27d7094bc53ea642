// lazy("joined") in the model: in queries, in get and in refresh; an option says otherwise.
#include "differential/case.hpp"

namespace differential {

namespace load_model_joined_models {

struct Stop;
struct Trip {
    static constexpr auto table_name = "trips";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> name;
    Many<Stop, lazy("joined"), order_by("id"), back_populates("trip")> stops;
};
struct Stop {
    static constexpr auto table_name = "stops";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("trips.id")> trip_id;
    One<Trip, lazy("joined"), innerjoin, back_populates("stops")> trip;
};
using Local = Registry<Trip, Stop>;

}  // namespace load_model_joined_models

DIFFERENTIAL_CASE(load, model_joined, R"python(
Local = declarative_base()
class Trip(Local):
    __tablename__ = 'trips'
    id = Column(Integer, primary_key=True)
    name = Column(String)
    stops = relationship('Stop', lazy='joined', order_by='Stop.id', back_populates='trip')
class Stop(Local):
    __tablename__ = 'stops'
    id = Column(Integer, primary_key=True)
    trip_id = Column(ForeignKey('trips.id'))
    trip = relationship('Trip', lazy='joined', innerjoin=True, back_populates='stops')
create(Local.metadata)
session.add(Trip(id=1, name='a', stops=[Stop(id=1), Stop(id=2)]))
session.commit()
session.expunge_all()
t = session.query(Trip).one()
show([s.id for s in t.stops])
session.expunge_all()
t = session.get(Trip, 1)
show(len(t.stops))
session.refresh(t)
session.expunge_all()
show(session.query(Stop).order_by(Stop.id).first().trip.name)
session.expunge_all()
session.query(Trip).options(lazyload(Trip.stops)).all()
show(session.query(Trip).count())
session.query(Trip).limit(1).all()
)python") {
    using namespace load_model_joined_models;
    create(Local::metadata());
    session.add(Trip{.id = 1, .name = "a", .stops = {Stop{.id = 1}, Stop{.id = 2}}});
    session.commit();
    session.expunge_all();
    auto t = session.query<Trip>().one();
    std::vector<int> ids;
    for (auto& stop : t->stops) ids.push_back(*stop->id);
    show(ids);
    session.expunge_all();
    t = session.get<Trip>(1);
    show(static_cast<int>(t->stops.size()));
    session.refresh(t);
    session.expunge_all();
    show(session.query<Stop>().order_by(col<&Stop::id>).first()->trip->name);
    session.expunge_all();
    session.query<Trip>().options(lazyload(rel<&Trip::stops>)).all();
    show(session.query<Trip>().count());
    session.query<Trip>().limit(1).all();
}

}  // namespace differential
