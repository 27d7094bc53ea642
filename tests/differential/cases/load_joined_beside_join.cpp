// The alias of joinedload is not what the query joins itself.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, joined_beside_join, R"python(
create(Library.metadata)
session.query(Author).join(Author.books).options(joinedload(Author.books)).filter(Book.title == 'x').all()
session.query(Author).options(joinedload(Author.books)).filter(Author.books.any(Book.title == 'x')).all()
session.query(Author, Book).filter(Author.id == Book.author_id).options(joinedload(Book.tags)).all()
one = aliased(Author)
session.query(one).options(joinedload(one.books)).filter(one.name == 'a').all()
)python") {
    create(Library::metadata());
    session.query<Author>()
        .join(rel<&Author::books>)
        .options(joinedload(rel<&Author::books>))
        .filter(col<&Book::title> == "x")
        .all();
    session.query<Author>()
        .options(joinedload(rel<&Author::books>))
        .filter(rel<&Author::books>.any(col<&Book::title> == "x"))
        .all();
    session.query<Author, Book>()
        .filter(col<&Author::id> == col<&Book::author_id>)
        .options(joinedload(rel<&Book::tags>))
        .all();
    auto one = aliased<Author>();
    session.query(one).options(joinedload(one[&Author::books])).filter(one[&Author::name] == "a").all();
}

}  // namespace differential
