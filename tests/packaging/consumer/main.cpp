#include <aludel/aludel.hpp>

#include <iostream>
#include <string>

using namespace aludel;

struct Planet {
    static constexpr auto table_name = "planets";
    Mapped<int, primary_key> id;
    Mapped<std::string, String(40), unique> name;
    Mapped<int> moons = 0;
};
using Base = Registry<Planet>;  // every mapped class, named once

int main() {
    Engine engine = create_engine("sqlite://", {.echo = true});
    Base::metadata().create_all(engine);

    Session session{engine};
    auto mars = session.add(Planet{.name = "Mars", .moons = 1});
    session.add(Planet{.name = "Venus"});
    session.flush();

    mars->moons = 2;  // written by the next flush: the query needs it
    for (auto& planet : session.query<Planet>().filter(col<&Planet::moons> > 0))
        std::cout << *planet->name << " has " << *planet->moons << " moons\n";
    session.commit();
}
