// expunge: what belongs to an object leaves the session with it.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, expunge, R"python(
create(Library.metadata)
b = Book(title='x', chapters=[Chapter(title='1')], author=Author(name='a'))
session.add(b)
session.commit()
c, a = b.chapters[0], b.author
session.expunge(b)
show(b in session)
show(c in session)
show(a in session)
session.add(b)
show(b in session)
show(c in session)
)python") {
    create(Library::metadata());
    auto b = make(Book{.title = "x", .author = make(Author{.name = "a"}), .chapters = {Chapter{.title = "1"}}});
    session.add(b);
    session.commit();
    auto c = b->chapters[0];
    auto a = b->author.get();
    session.expunge(b);
    show(session.contains(b));
    show(session.contains(c));
    show(session.contains(a));
    session.add(b);
    show(session.contains(b));
    show(session.contains(c));
}

}  // namespace differential
