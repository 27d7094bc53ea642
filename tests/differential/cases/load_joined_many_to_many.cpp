// joinedload over an association table, and of a class with itself.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, joined_many_to_many, R"python(
create(Library.metadata)
session.add(Book(title='x', tags=[Tag(word='red'), Tag(word='blue')]))
session.add(Person(name='ann', knows=[Person(name='bob')]))
session.commit()
session.expunge_all()
show([t.word for t in session.query(Book).options(joinedload(Book.tags)).one().tags])
session.expunge_all()
show([p.name for p in session.query(Person).options(joinedload(Person.knows)).order_by(Person.id).all()[0].knows])
session.query(Book).options(joinedload(Book.tags)).limit(1).all()
session.query(Node).options(joinedload(Node.children).joinedload(Node.children)).all()
)python") {
    create(Library::metadata());
    session.add(Book{.title = "x", .tags = {Tag{.word = "red"}, Tag{.word = "blue"}}});
    session.add(Person{.name = "ann", .knows = {Person{.name = "bob"}}});
    session.commit();
    session.expunge_all();
    show(each<&Tag::word>(session.query<Book>().options(joinedload(rel<&Book::tags>)).one()->tags));
    session.expunge_all();
    show(each<&Person::name>(
        session.query<Person>().options(joinedload(rel<&Person::knows>)).order_by(col<&Person::id>).all()[0]->knows));
    session.query<Book>().options(joinedload(rel<&Book::tags>)).limit(1).all();
    session.query<Node>().options(joinedload(rel<&Node::children>).joinedload(rel<&Node::children>)).all();
}

}  // namespace differential
