// Lazy loading: a collection and a reference, each at its first access.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, lazy, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x'), Book(title='y')]))
session.commit()
session.expunge_all()
a = session.query(Author).one()
show([b.title for b in a.books])
show([b.title for b in a.books])
show(a.books[0].author is a)
session.expunge_all()
b = session.get(Book, 2)
show(b.author.name)
show(session.get(Book, 1).author is b.author)
)python") {
    create(Library::metadata());
    session.add(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}}});
    session.commit();
    session.expunge_all();
    auto a = session.query<Author>().one();
    show(each<&Book::title>(a->books));
    show(each<&Book::title>(a->books));
    show(a->books[0]->author == a);
    session.expunge_all();
    auto b = session.get<Book>(2);
    show(b->author->name);
    show(session.get<Book>(1)->author == b->author);
}

}  // namespace differential
