// The order of a collection, falling and over several columns.
#include "differential/case.hpp"

namespace differential {

namespace rel_order_by_models {

struct Run;
struct Race {
    static constexpr auto table_name = "races";
    Mapped<int, primary_key> id;
    Many<Run, order_by("seconds desc, id")> runs;
};
struct Run {
    static constexpr auto table_name = "runs";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> seconds;
    Mapped<std::optional<int>, ForeignKey("races.id")> race_id;
};
using Local = Registry<Race, Run>;

}  // namespace rel_order_by_models

DIFFERENTIAL_CASE(rel, order_by, R"python(
Local = declarative_base()
class Race(Local):
    __tablename__ = 'races'
    id = Column(Integer, primary_key=True)
    runs = relationship('Run', order_by='[Run.seconds.desc(), Run.id]')
class Run(Local):
    __tablename__ = 'runs'
    id = Column(Integer, primary_key=True)
    seconds = Column(Integer)
    race_id = Column(ForeignKey('races.id'))
create(Local.metadata)
r = Race(id=1, runs=[Run(id=1, seconds=5), Run(id=2, seconds=9), Run(id=3, seconds=5)])
session.add(r)
session.commit()
show([run.id for run in r.runs])
)python") {
    using namespace rel_order_by_models;
    create(Local::metadata());
    auto r = make(
        Race{.id = 1, .runs = {Run{.id = 1, .seconds = 5}, Run{.id = 2, .seconds = 9}, Run{.id = 3, .seconds = 5}}});
    session.add(r);
    session.commit();
    std::vector<int> ids;
    for (auto& run : r->runs) ids.push_back(*run->id);
    show(ids);
}

}  // namespace differential
