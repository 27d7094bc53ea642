// A child moves to another parent, by the list and by the reference.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, move, R"python(
create(Library.metadata)
a, b = Author(name='a', books=[Book(title='x'), Book(title='y')]), Author(name='b')
session.add_all([a, b])
session.commit()
x, y = a.books
b.books.append(x)
show(len(a.books))
show(len(b.books))
show(x.author is b)
session.flush()
y.author = b
show(len(a.books))
show(len(b.books))
session.commit()
show([t.title for t in b.books])
)python") {
    create(Library::metadata());
    auto a = make(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}}}),
         b = make(Author{.name = "b"});
    session.add_all(a, b);
    session.commit();
    auto x = a->books[0], y = a->books[1];
    b->books.append(x);
    show(count_of(a->books));
    show(count_of(b->books));
    show(x->author == b);
    session.flush();
    y->author = b;
    show(count_of(a->books));
    show(count_of(b->books));
    session.commit();
    show(each<&Book::title>(b->books));
}

}  // namespace differential
