// Values of every kind, written and read back.
#include "differential/case.hpp"

namespace differential {

struct TypesSample {
    static constexpr auto table_name = "samples";

    Mapped<int, primary_key> id;
    Mapped<std::int64_t> big;
    Mapped<bool> flag;
    Mapped<double, Float> ratio;
    Mapped<std::chrono::year_month_day> day;
    Mapped<std::chrono::local_time<std::chrono::microseconds>> moment;
    Mapped<Bytes> data;
    Mapped<std::string> word;
};

DIFFERENTIAL_CASE(uow, types, R"python(
import datetime, decimal
Own = declarative_base()
class Sample(Own):
    __tablename__ = 'samples'
    id = Column(Integer, primary_key=True)
    big = Column(BigInteger, nullable=False)
    flag = Column(Boolean, nullable=False)
    ratio = Column(Float, nullable=False)
    day = Column(Date, nullable=False)
    moment = Column(DateTime, nullable=False)
    data = Column(LargeBinary, nullable=False)
    word = Column(String, nullable=False)
create(Own.metadata)
a = Sample(big=2 ** 62, flag=True, ratio=0.1, day=datetime.date(2024, 2, 29),
           moment=datetime.datetime(2024, 2, 29, 12, 30, 15, 250), data=b'\x00\xff', word="it's \u4e2d\n")
session.add(a)
session.commit()
show(a.big, a.flag, a.ratio, a.word)
show(session.query(Sample.id).filter(Sample.day == datetime.date(2024, 2, 29), Sample.flag == True,
                                     Sample.moment > datetime.datetime(2024, 1, 1), Sample.data == b'\x00\xff').count())
)python") {
    using namespace std::chrono_literals;
    using Moment = std::chrono::local_time<std::chrono::microseconds>;
    create(Registry<TypesSample>::metadata());
    const auto leap_day = std::chrono::year{2024} / 2 / 29;
    const Bytes data{std::byte{0}, std::byte{255}};
    auto a = session.add(TypesSample{.big = std::int64_t{1} << 62,
                                     .flag = true,
                                     .ratio = 0.1,
                                     .day = leap_day,
                                     .moment = Moment(std::chrono::local_days(leap_day)) + 12h + 30min + 15s + 250us,
                                     .data = data,
                                     .word = "it's \u4e2d\n"});
    session.commit();
    show(a->big, a->flag, a->ratio, a->word);
    show(session.query(col<&TypesSample::id>)
             .filter(col<&TypesSample::day> == leap_day, col<&TypesSample::flag> == true,
                     col<&TypesSample::moment> > Moment(std::chrono::local_days(std::chrono::year{2024} / 1 / 1)),
                     col<&TypesSample::data> == data)
             .count());
}

}  // namespace differential
