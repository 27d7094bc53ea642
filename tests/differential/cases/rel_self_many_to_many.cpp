// Many-to-many of a class with itself, both sides by name.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, self_many_to_many, R"python(
create(Library.metadata)
ann, bob, cid = Person(name='ann'), Person(name='bob'), Person(name='cid')
ann.knows = [bob, cid]
bob.knows = [ann]
session.add(ann)
session.commit()
show([p.name for p in ann.knows])
show([p.name for p in ann.known_by])
show([p.name for p in cid.known_by])
ann.knows.remove(bob)
session.commit()
show([p.name for p in bob.known_by])
session.delete(ann)
session.commit()
show(session.query(Person).count())
)python") {
    create(Library::metadata());
    any_order("acquaintances");
    auto ann = make(Person{.name = "ann"}), bob = make(Person{.name = "bob"}), cid = make(Person{.name = "cid"});
    ann->knows = {bob, cid};
    bob->knows = {ann};
    session.add(ann);
    session.commit();
    show(each<&Person::name>(ann->knows));
    show(each<&Person::name>(ann->known_by));
    show(each<&Person::name>(cid->known_by));
    ann->knows.remove(bob);
    session.commit();
    show(each<&Person::name>(bob->known_by));
    session.delete_(ann);
    session.commit();
    show(session.query<Person>().count());
}

}  // namespace differential
