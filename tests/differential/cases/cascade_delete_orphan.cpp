// delete-orphan: what leaves its parent is deleted; replacing the list deletes what is missing.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, delete_orphan, R"python(
create(Library.metadata)
b = Book(title='x', chapters=[Chapter(title='1'), Chapter(title='2'), Chapter(title='3')])
session.add(b)
session.commit()
b.chapters.remove(b.chapters[1])
session.commit()
show([c.title for c in b.chapters])
b.chapters = [b.chapters[0], Chapter(title='4')]
session.commit()
show([c.title for c in b.chapters])
show(session.query(Chapter).count())
b.chapters[0].book = None
session.commit()
show([c.title for c in b.chapters])
show(session.query(Chapter).count())
)python") {
    create(Library::metadata());
    auto b =
        make(Book{.title = "x", .chapters = {Chapter{.title = "1"}, Chapter{.title = "2"}, Chapter{.title = "3"}}});
    session.add(b);
    session.commit();
    b->chapters.remove(b->chapters[1]);
    session.commit();
    show(each<&Chapter::title>(b->chapters));
    b->chapters = {b->chapters[0], make(Chapter{.title = "4"})};
    session.commit();
    show(each<&Chapter::title>(b->chapters));
    show(session.query<Chapter>().count());
    b->chapters[0]->book = nullptr;
    session.commit();
    show(each<&Chapter::title>(b->chapters));
    show(session.query<Chapter>().count());
}

}  // namespace differential
