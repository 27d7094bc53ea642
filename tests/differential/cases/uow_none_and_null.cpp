// None counts as not given, null() is NULL.
#include "differential/case.hpp"

namespace differential {

struct NoneAndNullSetting {
    static constexpr auto table_name = "settings";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, insert_default(5)> size;
    Mapped<std::optional<int>, server_default("7")> mode;
    Mapped<std::optional<std::string>, String(20)> note;
};

DIFFERENTIAL_CASE(uow, none_and_null, R"python(
Own = declarative_base()
class Setting(Own):
    __tablename__ = 'settings'
    id = Column(Integer, primary_key=True)
    size = Column(Integer, default=5)
    mode = Column(Integer, server_default='7')
    note = Column(String(20))
create(Own.metadata)
a = Setting(size=None, mode=None)
session.add(a)
session.flush()
show(a.size, a.mode)
b = Setting(size=null(), mode=null(), note='x')
session.add(b)
session.flush()
show(b.size, b.mode, b.note)
)python") {
    create(Registry<NoneAndNullSetting>::metadata());
    auto a = session.add(NoneAndNullSetting{.size = std::nullopt, .mode = std::nullopt});
    session.flush();
    show(a->size, a->mode);
    auto b = session.add(NoneAndNullSetting{.size = null(), .mode = null(), .note = "x"});
    session.flush();
    show(b->size, b->mode, b->note);
}

}  // namespace differential
