// An object outside of the session is forgotten by the flush.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, not_in_session, R"python(
create(Library.metadata)
a = Author(name='a')
session.add(a)
session.commit()
show(a.name)
x = Book(title='x')
x.author = a
show(x in session)
session.commit()
show(session.query(Book).count())
session.add(x)
session.commit()
show(x.author_id)
)python") {
    create(Library::metadata());
    auto a = session.add(Author{.name = "a"});
    session.commit();
    show(a->name);
    auto x = make(Book{.title = "x"});
    x->author = a;
    show(session.contains(x));
    session.commit();
    show(session.query<Book>().count());
    session.add(x);
    session.commit();
    show(x->author_id);
}

}  // namespace differential
