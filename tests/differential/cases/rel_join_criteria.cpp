// More criteria in a join's condition.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, join_criteria, R"python(
create(Library.metadata)
session.query(Author).join(Author.books.and_(Book.title == 'x')).all()
session.query(Author).outerjoin(Author.books.and_(Book.title != 'x', Book.id > 1)).all()
session.query(Book).join(Book.tags.and_(Tag.word == 'red')).all()
)python") {
    create(Library::metadata());
    session.query<Author>().join(rel<&Author::books>.and_(col<&Book::title> == "x")).all();
    session.query<Author>().outerjoin(rel<&Author::books>.and_(col<&Book::title> != "x", col<&Book::id> > 1)).all();
    session.query<Book>().join(rel<&Book::tags>.and_(col<&Tag::word> == "red")).all();
}

}  // namespace differential
