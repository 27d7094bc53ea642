// Objects out of a subquery.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, subquery_entity, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x'), Book(title='y')]))
session.commit()
stmt = session.query(Book).filter(Book.title != 'y').subquery()
book = aliased(Book, stmt)
pairs = session.query(Author, book).join(book, Author.books).all()
show(len(pairs))
show(pairs[0][1] is session.get(Book, 1))
show([b.title for b in session.query(book).filter(book.id > 0)])
)python") {
    create(Library::metadata());
    session.add(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}}});
    session.commit();
    auto stmt = session.query<Book>().filter(col<&Book::title> != "y").subquery();
    auto book = aliased<Book>(stmt);
    auto pairs = session.query(entity<Author>, book).join(book, rel<&Author::books>).all();
    show(count_of(pairs));
    show(std::get<1>(pairs[0]) == session.get<Book>(1));
    show(each<&Book::title>(session.query(book).filter(book[&Book::id] > 0)));
}

}  // namespace differential
