// passive_updates(false): the session writes the new primary key into the foreign keys.
#include "differential/case.hpp"

namespace differential {

namespace rel_passive_updates_models {

struct Town;
struct Land {
    static constexpr auto table_name = "lands";
    Mapped<std::string, String(8), primary_key> code;
    Many<Town, passive_updates(false), order_by("id")> towns;
};
struct Town {
    static constexpr auto table_name = "towns";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, String(8), ForeignKey("lands.code", deferrable, initially("DEFERRED"))>
        land_code;
};
using Local = Registry<Land, Town>;

}  // namespace rel_passive_updates_models

DIFFERENTIAL_CASE(rel, passive_updates, R"python(
Local = declarative_base()
class Land(Local):
    __tablename__ = 'lands'
    code = Column(String(8), primary_key=True)
    towns = relationship('Town', passive_updates=False, order_by='Town.id')
class Town(Local):
    __tablename__ = 'towns'
    id = Column(Integer, primary_key=True)
    land_code = Column(ForeignKey('lands.code', deferrable=True, initially='DEFERRED'))
create(Local.metadata)
l = Land(code='ger', towns=[Town(id=1), Town(id=2)])
session.add(l)
session.commit()
l.code = 'de'
session.commit()
show([t.land_code for t in l.towns])
)python") {
    using namespace rel_passive_updates_models;
    create(Local::metadata());
    differs("the old primary key of an expired object is known",
            "SELECT lands.code AS lands_code FROM lands WHERE lands.code = ?\n    ('ger',)", "");
    auto l = make(Land{.code = "ger", .towns = {Town{.id = 1}, Town{.id = 2}}});
    session.add(l);
    session.commit();
    l->code = "de";
    session.commit();
    std::vector<std::optional<std::string>> codes;
    for (auto& town : l->towns) codes.push_back(*town->land_code);
    show(codes);
}

}  // namespace differential
