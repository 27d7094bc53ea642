// Changes of lists that are not loaded are kept and merged when they load.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, pending_changes, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x'), Book(title='y')]))
session.commit()
session.expunge_all()
a = session.get(Author, 1)
x = session.get(Book, 1)
new = Book(title='new')
session.add(new)
with session.no_autoflush:
    new.author = a
    x.author = None
    show([b.title for b in a.books])
session.commit()
show([b.title for b in a.books])
)python") {
    create(Library::metadata());
    session.add(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}}});
    session.commit();
    session.expunge_all();
    auto a = session.get<Author>(1);
    auto x = session.get<Book>(1);
    auto fresh = session.add(Book{.title = "new"});
    {
        auto guard = session.no_autoflush();
        fresh->author = a;
        x->author = nullptr;
        show(each<&Book::title>(a->books));
    }
    session.commit();
    show(each<&Book::title>(a->books));
}

}  // namespace differential
