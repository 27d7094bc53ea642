// One-to-many: children are inserted after their parent with its key, and changed on both sides.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, one_to_many, R"python(
create(Library.metadata)
a = Author(name='a', books=[Book(title='x'), Book(title='y')])
session.add(a)
session.commit()
show([b.title for b in a.books])
a.books.append(Book(title='z'))
session.flush()
a.books.remove(a.books[0])
session.commit()
show([b.title for b in a.books])
show(session.query(Book).count())
)python") {
    create(Library::metadata());
    auto a = make(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}}});
    session.add(a);
    session.commit();
    show(each<&Book::title>(a->books));
    a->books.append(Book{.title = "z"});
    session.flush();
    a->books.remove(a->books[0]);
    session.commit();
    show(each<&Book::title>(a->books));
    show(session.query<Book>().count());
}

}  // namespace differential
