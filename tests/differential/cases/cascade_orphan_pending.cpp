// A new object that leaves its parent before the flush is not inserted; one that never had a parent is.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, orphan_pending, R"python(
create(Library.metadata)
b = Book(title='x')
session.add(b)
c = Chapter(title='1')
b.chapters.append(c)
show(c in session)
b.chapters.remove(c)
session.add(Chapter(title='alone'))
session.commit()
show(c in session)
show(session.query(Chapter.title, Chapter.book_id).all())
)python") {
    create(Library::metadata());
    auto b = session.add(Book{.title = "x"});
    auto c = make(Chapter{.title = "1"});
    b->chapters.append(c);
    show(session.contains(c));
    b->chapters.remove(c);
    session.add(Chapter{.title = "alone"});
    session.commit();
    show(session.contains(c));
    show(session.query(col<&Chapter::title>, col<&Chapter::book_id>).all());
}

}  // namespace differential
