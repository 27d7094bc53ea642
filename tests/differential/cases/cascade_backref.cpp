// There is no cascade along the other side of a relationship.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, backref, R"python(
create(Library.metadata)
a = Author(name='a')
session.add(a)
x = Book(title='x', author=a)
show(x in session)
a.books.append(Book(title='y'))
show(len(session.new))
show(x in session)
session.flush()
)python") {
    create(Library::metadata());
    auto a = session.add(Author{.name = "a"});
    auto x = make(Book{.title = "x", .author = a});
    show(session.contains(x));
    a->books.append(Book{.title = "y"});
    show(static_cast<int>(session.new_().size()));
    show(session.contains(x));
    session.flush();
}

}  // namespace differential
