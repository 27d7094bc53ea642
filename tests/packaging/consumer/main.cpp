#include <aludel/aludel.hpp>
#include <iostream>
#include <string>
using namespace aludel;

struct Moon;
struct Planet {
    static constexpr auto table_name = "planets";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(40), unique> name;
    Many<Moon, back_populates("planet"), cascade("all, delete-orphan")> moons;
};
struct Moon {
    static constexpr auto table_name = "moons";
    Mapped<int, primary_key> id;
    Mapped<std::string> name;
    Mapped<int, ForeignKey("planets.id")> planet_id;
    One<Planet> planet;  // Planet::moons, seen from the other side
};
using Base = Registry<Planet, Moon>;  // every mapped class, named once

int main() {
    Engine engine = create_engine("sqlite://", {.echo = true});
    Base::metadata().create_all(engine);
    Session session{engine};
    auto mars = session.add(Planet{.name = "Mars", .moons = {Moon{.name = "Phobos"}, Moon{.name = "Deimos"}}});
    session.commit();  // the planet, then its moons with the planet's key
    for (auto& planet : session.query<Planet>().options(selectinload(rel<&Planet::moons>)))
        std::cout << *planet->name << " has " << planet->moons.size() << " moons\n";
}
