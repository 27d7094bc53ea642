// joinedload of a collection, of a reference and of both.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, joined, R"python(
create(Library.metadata)
session.add_all([Author(name='a', books=[Book(title='x'), Book(title='y')]), Author(name='b')])
session.commit()
session.expunge_all()
authors = session.query(Author).options(joinedload(Author.books)).order_by(Author.id).all()
show([[b.title for b in a.books] for a in authors])
session.expunge_all()
books = session.query(Book).options(joinedload(Book.author), joinedload(Book.detail)).order_by(Book.id).all()
show([b.author.name for b in books])
show(books[0].detail is None)
)python") {
    create(Library::metadata());
    session.add_all(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}}}, Author{.name = "b"});
    session.commit();
    session.expunge_all();
    auto authors = session.query<Author>().options(joinedload(rel<&Author::books>)).order_by(col<&Author::id>).all();
    show(std::vector{each<&Book::title>(authors[0]->books), each<&Book::title>(authors[1]->books)});
    session.expunge_all();
    auto books = session.query<Book>()
                     .options(joinedload(rel<&Book::author>), joinedload(rel<&Book::detail>))
                     .order_by(col<&Book::id>)
                     .all();
    show(std::vector{*books[0]->author->name, *books[1]->author->name});
    show(books[0]->detail == nullptr);
}

}  // namespace differential
