// The types that C++ types have by themselves, of a mapped class.
#include "differential/case.hpp"

namespace differential {

enum class Color { red = 1, green = 2 };

struct MappedTypesThing {
    static constexpr auto table_name = "things";

    Mapped<int, primary_key> id;
    Mapped<std::int64_t> a;
    Mapped<bool> b;
    Mapped<std::string> c;
    Mapped<std::optional<double>, Float> d;
    Mapped<std::chrono::year_month_day> e;
    Mapped<std::optional<std::chrono::local_time<std::chrono::microseconds>>> f;
    Mapped<std::optional<Bytes>> g;
    Mapped<Color> h;
};

DIFFERENTIAL_CASE(ddl, mapped_types, R"python(
import enum
class Color(enum.Enum):
    red = 1
    green = 2
Own = declarative_base()
class Thing(Own):
    __tablename__ = 'things'
    id = Column(Integer, primary_key=True)
    a = Column(BigInteger, nullable=False)
    b = Column(Boolean, nullable=False)
    c = Column(String, nullable=False)
    d = Column(Float, nullable=True)
    e = Column(Date, nullable=False)
    f = Column(DateTime, nullable=True)
    g = Column(LargeBinary, nullable=True)
    h = Column(Enum(Color), nullable=False)
Own.metadata.create_all(engine)
)python") {
    Registry<MappedTypesThing>::metadata().create_all(engine);
}

}  // namespace differential
