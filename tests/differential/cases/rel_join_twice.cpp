// The same relationship joined twice is one join, to an alias it is another.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, join_twice, R"python(
create(Library.metadata)
q = session.query(Author)
q.join(Author.books).join(Author.books).all()
q.join(Author.books).outerjoin(Book.tags).join(Author.books).all()
q.join(Author.books).join(aliased(Book), Author.books).all()
)python") {
    create(Library::metadata());
    auto q = session.query<Author>();
    q.join(rel<&Author::books>).join(rel<&Author::books>).all();
    q.join(rel<&Author::books>).outerjoin(rel<&Book::tags>).join(rel<&Author::books>).all();
    q.join(rel<&Author::books>).join(aliased<Book>(), rel<&Author::books>).all();
}

}  // namespace differential
