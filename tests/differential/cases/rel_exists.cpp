// EXISTS by hand correlates with the query around it.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, exists, R"python(
create(Library.metadata)
session.query(Author.name).filter(exists().where(Book.author_id == Author.id)).all()
session.query(Author.name).filter(~exists().where(and_(Book.author_id == Author.id, Book.title == 'x'))).all()
session.query(Author).filter(session.query(Book).filter(Book.author_id == Author.id).exists()).all()
session.query(Author.name, session.query(func.count(Book.id)).filter(Book.author_id == Author.id).scalar_subquery()).all()
session.query(Author).filter(Author.id.in_(session.query(Book.author_id).filter(Book.title == 'x'))).all()
)python") {
    create(Library::metadata());
    session.query(col<&Author::name>).filter(exists().where(col<&Book::author_id> == col<&Author::id>)).all();
    session.query(col<&Author::name>)
        .filter(!exists().where(and_(col<&Book::author_id> == col<&Author::id>, col<&Book::title> == "x")))
        .all();
    session.query<Author>()
        .filter(session.query<Book>().filter(col<&Book::author_id> == col<&Author::id>).exists())
        .all();
    session
        .query(col<&Author::name>, session.query(func::count(col<&Book::id>))
                                       .filter(col<&Book::author_id> == col<&Author::id>)
                                       .scalar_subquery())
        .all();
    session.query<Author>()
        .filter(col<&Author::id>.in_(session.query(col<&Book::author_id>).filter(col<&Book::title> == "x")))
        .all();
}

}  // namespace differential
