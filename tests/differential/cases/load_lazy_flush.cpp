// A lazy load flushes first; one that needs no statement does not.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, lazy_flush, R"python(
create(Library.metadata)
a = Author(name='a', books=[Book(title='x')])
session.add(a)
session.commit()
session.expunge_all()
a = session.get(Author, 1)
b = session.get(Book, 1)
b.title = 'changed'
show(b.author is a)
show([x.title for x in a.books])
)python") {
    create(Library::metadata());
    session.add(Author{.name = "a", .books = {Book{.title = "x"}}});
    session.commit();
    session.expunge_all();
    auto a = session.get<Author>(1);
    auto b = session.get<Book>(1);
    b->title = "changed";
    show(b->author == a);
    show(each<&Book::title>(a->books));
}

}  // namespace differential
