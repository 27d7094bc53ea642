// FROM that the columns do not say, and rows per group.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, select_from, R"python(
create(Library.metadata)
session.query(func.count(Book.id)).select_from(Author).join(Author.books).filter(Author.name == 'a').all()
session.query(Book.title).select_from(Author).join(Author.books).order_by(Book.title).all()
session.query(Author.name, func.count(Book.id)).outerjoin(Author.books).group_by(Author.id).having(func.count(Book.id) > 1).all()
session.query(Author).join(Author.books).with_entities(Book.title).all()
session.query(Author).outerjoin(Author.books).distinct().all()
)python") {
    create(Library::metadata());
    session.query(func::count(col<&Book::id>))
        .select_from(entity<Author>)
        .join(rel<&Author::books>)
        .filter(col<&Author::name> == "a")
        .all();
    session.query(col<&Book::title>)
        .select_from(entity<Author>)
        .join(rel<&Author::books>)
        .order_by(col<&Book::title>)
        .all();
    session.query(col<&Author::name>, func::count(col<&Book::id>))
        .outerjoin(rel<&Author::books>)
        .group_by(col<&Author::id>)
        .having(func::count(col<&Book::id>) > 1)
        .all();
    session.query<Author>().join(rel<&Author::books>).with_entities(col<&Book::title>).all();
    session.query<Author>().outerjoin(rel<&Author::books>).distinct().all();
}

}  // namespace differential
