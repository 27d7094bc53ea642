// INSERT comes before DELETE: a unique value cannot move from a deleted row to a new one in one flush.
#include "differential/case.hpp"

namespace differential {

struct UniqueTakenOverBadge {
    static constexpr auto table_name = "badges";

    Mapped<int, primary_key> id;
    Mapped<std::string, String(5), unique> code;
};

DIFFERENTIAL_CASE(uow, unique_taken_over, R"python(
Own = declarative_base()
class Badge(Own):
    __tablename__ = 'badges'
    id = Column(Integer, primary_key=True)
    code = Column(String(5), unique=True, nullable=False)
create(Own.metadata)
a = Badge(code='x')
session.add(a)
session.flush()
session.delete(a)
session.add(Badge(code='x'))
with fails():
    session.flush()
session.rollback()
)python") {
    create(Registry<UniqueTakenOverBadge>::metadata());
    auto a = session.add(UniqueTakenOverBadge{.code = "x"});
    session.flush();
    session.delete_(a);
    session.add(UniqueTakenOverBadge{.code = "x"});
    fails([&] { session.flush(); });
    session.rollback();
}

}  // namespace differential
