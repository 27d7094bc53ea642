// Enumerations, JSON, decimals, times and durations.
#include "differential/case.hpp"

namespace differential {

enum class Paint { red = 1, green = 2 };

struct MoreTypesSample {
    static constexpr auto table_name = "more_samples";

    Mapped<int, primary_key> id;
    Mapped<Paint> color;
    Mapped<std::optional<Paint>> maybe;
    Mapped<Decimal, Numeric(10, 2)> price;
    Mapped<Time> clock;
    Mapped<std::chrono::hours, Interval> span;
    Mapped<Json> body;
};

DIFFERENTIAL_CASE(uow, more_types, R"python(
import datetime, decimal, enum
class Color(enum.Enum):
    red = 1
    green = 2
Own = declarative_base()
class Sample(Own):
    __tablename__ = 'more_samples'
    id = Column(Integer, primary_key=True)
    color = Column(Enum(Color), nullable=False)
    maybe = Column(Enum(Color))
    price = Column(Numeric(10, 2), nullable=False)
    clock = Column(Time, nullable=False)
    span = Column(Interval, nullable=False)
    body = Column(JSON, nullable=False)
create(Own.metadata)
a = Sample(color=Color.green, price=decimal.Decimal('12.50'), clock=datetime.time(23, 59, 1, 5), span=datetime.timedelta(hours=25),
           body={'a': [1, None, True], 'b': 'x'})
session.add(a)
session.commit()
show(a.color == Color.green, a.maybe is None, str(a.price), a.clock == datetime.time(23, 59, 1, 5), a.span == datetime.timedelta(hours=25))
session.query(Sample.id).filter(Sample.color == Color.red, Sample.price > decimal.Decimal('1.5'), Sample.clock < datetime.time(12)).all()
session.query(Sample.id).filter(Sample.color.in_([Color.red, Color.green])).all()
a.maybe = Color.red
session.flush()
)python") {
    using namespace std::chrono_literals;
    create(Registry<MoreTypesSample>::metadata());
    const Time late(23h + 59min + 1s + 5us);
    auto a = session.add(MoreTypesSample{.color = Paint::green,
                                         .price = Decimal("12.50"),
                                         .clock = late,
                                         .span = 25h,
                                         .body = Json::parse(R"({"a": [1, null, true], "b": "x"})")});
    session.commit();
    show(a->color == Paint::green, a->maybe == std::nullopt, a->price->to_string(), a->clock == late, a->span == 25h);
    session.query(col<&MoreTypesSample::id>)
        .filter(col<&MoreTypesSample::color> == Paint::red, col<&MoreTypesSample::price> > Decimal("1.5"),
                col<&MoreTypesSample::clock> < Time(12h))
        .all();
    session.query(col<&MoreTypesSample::id>).filter(col<&MoreTypesSample::color>.in_({Paint::red, Paint::green})).all();
    a->maybe = Paint::red;
    session.flush();
}

}  // namespace differential
