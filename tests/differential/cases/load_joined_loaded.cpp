// What is loaded already is kept, unless populate_existing says otherwise.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, joined_loaded, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x')]))
session.commit()
a = session.query(Author).one()
show(len(a.books))
session.execute(text("INSERT INTO books (title, author_id) VALUES ('y', 1)"))
q = session.query(Author).options(joinedload(Author.books))
show(len(q.one().books))
show(len(q.populate_existing().one().books))
session.expire(a, ['books'])
session.execute(text("INSERT INTO books (title, author_id) VALUES ('z', 1)"))
show(len(q.one().books))
)python") {
    create(Library::metadata());
    session.add(Author{.name = "a", .books = {Book{.title = "x"}}});
    session.commit();
    auto a = session.query<Author>().one();
    show(count_of(a->books));
    session.execute(text("INSERT INTO books (title, author_id) VALUES ('y', 1)"));
    auto q = session.query<Author>().options(joinedload(rel<&Author::books>));
    show(count_of(q.one()->books));
    show(count_of(q.populate_existing().one()->books));
    session.expire(a, "books");
    session.execute(text("INSERT INTO books (title, author_id) VALUES ('z', 1)"));
    show(count_of(q.one()->books));
}

}  // namespace differential
