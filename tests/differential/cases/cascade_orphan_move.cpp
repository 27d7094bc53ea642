// An orphan that has a new parent before the flush is updated, not deleted.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, orphan_move, R"python(
create(Library.metadata)
a, b = Book(title='a', chapters=[Chapter(title='1')]), Book(title='b')
session.add_all([a, b])
session.commit()
show(len(a.chapters))
show(len(b.chapters))
c = a.chapters[0]
a.chapters.remove(c)
b.chapters.append(c)
session.commit()
show(len(a.chapters))
show([x.title for x in b.chapters])
)python") {
    create(Library::metadata());
    auto a = make(Book{.title = "a", .chapters = {Chapter{.title = "1"}}}), b = make(Book{.title = "b"});
    session.add_all(a, b);
    session.commit();
    show(count_of(a->chapters));
    show(count_of(b->chapters));
    auto c = a->chapters[0];
    a->chapters.remove(c);
    b->chapters.append(c);
    session.commit();
    show(count_of(a->chapters));
    show(each<&Chapter::title>(b->chapters));
}

}  // namespace differential
