// joinedload by inner join.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, joined_inner, R"python(
create(Library.metadata)
session.query(Book).options(joinedload(Book.author, innerjoin=True)).all()
session.query(Author).options(joinedload(Author.books, innerjoin=True)).all()
session.query(Book).options(joinedload(Book.tags, innerjoin=True)).all()
session.query(Author).options(joinedload(Author.books).joinedload(Book.detail, innerjoin=True)).all()
)python") {
    create(Library::metadata());
    session.query<Book>().options(joinedload(rel<&Book::author>, innerjoin)).all();
    session.query<Author>().options(joinedload(rel<&Author::books>, innerjoin)).all();
    session.query<Book>().options(joinedload(rel<&Book::tags>, innerjoin)).all();
    session.query<Author>().options(joinedload(rel<&Author::books>).joinedload(rel<&Book::detail>, innerjoin)).all();
}

}  // namespace differential
