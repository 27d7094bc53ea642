// A rollback takes back what was linked, unlinked and deleted.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, rollback, R"python(
create(Library.metadata)
b = Book(title='x', chapters=[Chapter(title='1'), Chapter(title='2')])
session.add(b)
session.commit()
b.chapters.remove(b.chapters[0])
b.chapters.append(Chapter(title='3'))
session.flush()
session.rollback()
show([c.title for c in b.chapters])
session.delete(b)
session.flush()
session.rollback()
show(b in session)
show([c.title for c in b.chapters])
)python") {
    create(Library::metadata());
    auto b = make(Book{.title = "x", .chapters = {Chapter{.title = "1"}, Chapter{.title = "2"}}});
    session.add(b);
    session.commit();
    b->chapters.remove(b->chapters[0]);
    b->chapters.append(Chapter{.title = "3"});
    session.flush();
    session.rollback();
    show(each<&Chapter::title>(b->chapters));
    session.delete_(b);
    session.flush();
    session.rollback();
    show(session.contains(b));
    show(each<&Chapter::title>(b->chapters));
}

}  // namespace differential
