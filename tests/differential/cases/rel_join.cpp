// Every form of a join with a class.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, join, R"python(
create(Library.metadata)
q = session.query(Author)
q.join(Book).all()
q.join(Book, Author.id == Book.author_id).all()
q.join(Author.books).all()
q.join(Book, Author.books).all()
q.join('books').all()
q.outerjoin(Author.books).filter(Book.id == None).all()
q.join(Author.books).join(Book.chapters).filter(Chapter.title == 'x').all()
session.query(Book).join(Book.author).filter(Author.name == 'a').all()
)python") {
    create(Library::metadata());
    auto q = session.query<Author>();
    q.join<Book>().all();
    q.join<Book>(col<&Author::id> == col<&Book::author_id>).all();
    q.join(rel<&Author::books>).all();
    q.join<Book>(rel<&Author::books>).all();
    q.join("books").all();
    q.outerjoin(rel<&Author::books>).filter(col<&Book::id> == nullptr).all();
    q.join(rel<&Author::books>).join(rel<&Book::chapters>).filter(col<&Chapter::title> == "x").all();
    session.query<Book>().join(rel<&Book::author>).filter(col<&Author::name> == "a").all();
}

}  // namespace differential
