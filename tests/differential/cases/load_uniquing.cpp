// Objects of one class come once, rows of several things as they are, and LIMIT counts rows.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, uniquing, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x'), Book(title='y'), Book(title='z')]))
session.commit()
q = session.query(Author).join(Author.books)
show(len(q.all()))
show(q.count())
show(len(q.limit(2).all()))
show(len(session.query(Author, Book).join(Author.books).all()))
show(len(session.query(Author.name).join(Author.books).all()))
show(len(session.query(Author, Author.name).join(Author.books).all()))
show(len(session.query(Author, Book).join(Author.books).options(joinedload(Author.books)).all()))
)python") {
    create(Library::metadata());
    session.add(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}, Book{.title = "z"}}});
    session.commit();
    auto q = session.query<Author>().join(rel<&Author::books>);
    show(count_of(q.all()));
    show(q.count());
    show(count_of(q.limit(2).all()));
    show(count_of(session.query<Author, Book>().join(rel<&Author::books>).all()));
    show(count_of(session.query(col<&Author::name>).join(rel<&Author::books>).all()));
    show(count_of(session.query(entity<Author>, col<&Author::name>).join(rel<&Author::books>).all()));
    show(count_of(
        session.query<Author, Book>().join(rel<&Author::books>).options(joinedload(rel<&Author::books>)).all()));
}

}  // namespace differential
