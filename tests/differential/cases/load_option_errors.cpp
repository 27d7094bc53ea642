// Options for what the query does not have.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, option_errors, R"python(
create(Library.metadata)
session.query(Author).count()
with fails():
    session.query(Author).options(joinedload(Book.author)).all()
with fails():
    session.query(Author).options(joinedload(Author.books).joinedload(Author.books)).all()
with fails():
    session.query(Author.id).options(joinedload(Author.books)).all()
)python") {
    create(Library::metadata());
    session.query<Author>().count();
    fails([&] { session.query<Author>().options(joinedload(rel<&Book::author>)).all(); });
    fails([&] {
        session.query<Author>().options(joinedload(rel<&Author::books>).joinedload(rel<&Author::books>)).all();
    });
    fails([&] { session.query(col<&Author::id>).options(joinedload(rel<&Author::books>)).all(); });
}

}  // namespace differential
