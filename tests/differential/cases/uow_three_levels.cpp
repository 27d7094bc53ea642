// Three classes in a chain of foreign keys, against the order of their names.
#include "differential/case.hpp"

namespace differential {

struct ThreeLevelsZoo {
    static constexpr auto table_name = "zoos";

    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>, String(10)> name;
};
struct ThreeLevelsKeeper {
    static constexpr auto table_name = "keepers";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("zoos.id")> zoo_id;
};
struct ThreeLevelsAnimal {
    static constexpr auto table_name = "animals";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("keepers.id")> keeper_id;
};

DIFFERENTIAL_CASE(uow, three_levels, R"python(
Own = declarative_base()
class Zoo(Own):
    __tablename__ = 'zoos'
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
class Keeper(Own):
    __tablename__ = 'keepers'
    id = Column(Integer, primary_key=True)
    zoo_id = Column(Integer, ForeignKey('zoos.id'))
    zoo = relationship(Zoo)
class Animal(Own):
    __tablename__ = 'animals'
    id = Column(Integer, primary_key=True)
    keeper_id = Column(Integer, ForeignKey('keepers.id'))
    keeper = relationship(Keeper)
create(Own.metadata)
a, k, z = Animal(id=1, keeper_id=1), Keeper(id=1, zoo_id=1), Zoo(id=1, name='z')
session.add_all([a, k, z])
session.flush()
z.name = 'y'
session.add(Keeper(id=2, zoo_id=1))
session.flush()
keepers = session.query(Keeper).order_by(Keeper.id).all()
session.delete(z)
session.delete(a)
for keeper in keepers:
    session.delete(keeper)
session.commit()
)python") {
    create(Registry<ThreeLevelsZoo, ThreeLevelsKeeper, ThreeLevelsAnimal>::metadata());
    auto a = make(ThreeLevelsAnimal{.id = 1, .keeper_id = 1});
    auto k = make(ThreeLevelsKeeper{.id = 1, .zoo_id = 1});
    auto z = make(ThreeLevelsZoo{.id = 1, .name = "z"});
    session.add_all(a, k, z);
    session.flush();
    z->name = "y";
    session.add(ThreeLevelsKeeper{.id = 2, .zoo_id = 1});
    session.flush();
    auto keepers = session.query<ThreeLevelsKeeper>().order_by(col<&ThreeLevelsKeeper::id>).all();
    session.delete_(z);
    session.delete_(a);
    for (auto& keeper : keepers) session.delete_(keeper);
    session.commit();
}

}  // namespace differential
