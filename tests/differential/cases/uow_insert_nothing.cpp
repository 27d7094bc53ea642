// An object without any value: INSERT … DEFAULT VALUES.
#include "differential/case.hpp"

namespace differential {

struct InsertNothingCounter {
    static constexpr auto table_name = "counters";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, server_default("0")> n;
};

DIFFERENTIAL_CASE(uow, insert_nothing, R"python(
Own = declarative_base()
class Counter(Own):
    __tablename__ = 'counters'
    id = Column(Integer, primary_key=True)
    n = Column(Integer, server_default='0')
create(Own.metadata)
a, b = Counter(), Counter()
session.add_all([a, b])
session.flush()
show(a.id, b.id)
show(b.n)
)python") {
    create(Registry<InsertNothingCounter>::metadata());
    auto a = make(InsertNothingCounter{}), b = make(InsertNothingCounter{});
    session.add_all(a, b);
    session.flush();
    show(a->id, b->id);
    show(b->n);
}

}  // namespace differential
