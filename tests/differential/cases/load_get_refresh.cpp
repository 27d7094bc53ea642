// get with options, and a refresh of one relationship.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, get_refresh, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x')]))
session.commit()
session.expunge_all()
a = session.query(Author).options(joinedload(Author.books)).get(1)
show(len(a.books))
session.execute(text("INSERT INTO books (title, author_id) VALUES ('y', 1)"))
session.refresh(a)
show(len(a.books))
session.expire(a, ['books'])
show(a.name)
show(len(a.books))
)python") {
    create(Library::metadata());
    session.add(Author{.name = "a", .books = {Book{.title = "x"}}});
    session.commit();
    session.expunge_all();
    auto a = session.query<Author>().options(joinedload(rel<&Author::books>)).get(1);
    show(count_of(a->books));
    session.execute(text("INSERT INTO books (title, author_id) VALUES ('y', 1)"));
    session.refresh(a);
    show(count_of(a->books));
    session.expire(a, "books");
    show(a->name);
    show(count_of(a->books));
}

}  // namespace differential
