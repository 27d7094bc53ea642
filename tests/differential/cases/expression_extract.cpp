// Parts of dates, and dates as criteria.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, extract, R"python(
import datetime
metadata = MetaData()
t = Table('t', metadata, Column('id', Integer, primary_key=True), Column('at', DateTime), Column('day', Date))
create(metadata)
execute(select(extract('year', t.c.at), extract('month', t.c.day))).all()
execute(select(t.c.id).where(extract('year', t.c.at) == 2024)).all()
execute(select(t.c.id).where(t.c.at.between(datetime.datetime(2024, 1, 1), datetime.datetime(2024, 12, 31, 23, 59, 59)))).all()
execute(select(t.c.id).where(t.c.day.in_([datetime.date(2024, 2, 29)]), t.c.day == func.current_date())).all()
)python") {
    using Moment = std::chrono::local_time<std::chrono::microseconds>;
    using namespace std::chrono_literals;
    MetaData metadata;
    const Table t{"t", metadata, Column{"id", Integer, primary_key}, Column{"at", DateTime}, Column{"day", Date}};
    create(metadata);
    const auto id = t.c<int>("id");
    const auto at = t.c<std::optional<Moment>>("at");
    const auto day = t.c<std::optional<std::chrono::year_month_day>>("day");
    const auto first = std::chrono::year{2024} / 1 / 1, last = std::chrono::year{2024} / 12 / 31;
    execute(select(extract("year", at), extract("month", day))).all();
    execute(select(id).where(extract("year", at) == 2024)).all();
    execute(select(id).where(at.between(Moment(std::chrono::local_days(first)),
                                        Moment(std::chrono::local_days(last)) + 23h + 59min + 59s)))
        .all();
    execute(select(id).where(day.in_({std::chrono::year{2024} / 2 / 29}), day == func::current_date())).all();
}

}  // namespace differential
