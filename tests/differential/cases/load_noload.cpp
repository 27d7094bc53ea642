// noload: empty without a statement; a later refresh loads as the model says.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, noload, R"python(
create(Library.metadata)
session.add(Book(title='x', author=Author(name='a'), chapters=[Chapter(title='1')]))
session.commit()
session.expunge_all()
b = session.query(Book).options(noload(Book.author), noload(Book.chapters)).one()
show(b.author is None)
show(len(b.chapters))
session.expunge_all()
b = session.get(Book, 1)
show(b.author.name)
show(len(b.chapters))
)python") {
    create(Library::metadata());
    session.add(Book{.title = "x", .author = make(Author{.name = "a"}), .chapters = {Chapter{.title = "1"}}});
    session.commit();
    session.expunge_all();
    auto b = session.query<Book>().options(noload(rel<&Book::author>), noload(rel<&Book::chapters>)).one();
    show(b->author == nullptr);
    show(count_of(b->chapters));
    session.expunge_all();
    b = session.get<Book>(1);
    show(b->author->name);
    show(count_of(b->chapters));
}

}  // namespace differential
