// contains_eager reads a join of the query: a reference, a collection that a criterion narrows, a path.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, contains_eager, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x', chapters=[Chapter(title='1')]), Book(title='y')]))
session.commit()
session.expunge_all()
books = session.query(Book).join(Book.author).filter(Author.name == 'a').options(contains_eager(Book.author)).order_by(Book.id).all()
show([b.author.name for b in books])
session.expunge_all()
a = session.query(Author).join(Author.books).filter(Book.title == 'y').options(contains_eager(Author.books)).one()
show([b.title for b in a.books])
session.expunge_all()
a = session.query(Author).outerjoin(Author.books).outerjoin(Book.chapters).options(contains_eager(Author.books).contains_eager(Book.chapters)).order_by(Book.id).one()
show([[c.title for c in b.chapters] for b in a.books])
session.expunge_all()
session.query(Author).join(Author.books).options(contains_eager(Author.books)).limit(1).all()
)python") {
    create(Library::metadata());
    session.add(
        Author{.name = "a", .books = {Book{.title = "x", .chapters = {Chapter{.title = "1"}}}, Book{.title = "y"}}});
    session.commit();
    session.expunge_all();
    auto books = session.query<Book>()
                     .join(rel<&Book::author>)
                     .filter(col<&Author::name> == "a")
                     .options(contains_eager(rel<&Book::author>))
                     .order_by(col<&Book::id>)
                     .all();
    show(std::vector{*books[0]->author->name, *books[1]->author->name});
    session.expunge_all();
    auto a = session.query<Author>()
                 .join(rel<&Author::books>)
                 .filter(col<&Book::title> == "y")
                 .options(contains_eager(rel<&Author::books>))
                 .one();
    show(each<&Book::title>(a->books));
    session.expunge_all();
    a = session.query<Author>()
            .outerjoin(rel<&Author::books>)
            .outerjoin(rel<&Book::chapters>)
            .options(contains_eager(rel<&Author::books>).contains_eager(rel<&Book::chapters>))
            .order_by(col<&Book::id>)
            .one();
    show(std::vector{each<&Chapter::title>(a->books[0]->chapters), each<&Chapter::title>(a->books[1]->chapters)});
    session.expunge_all();
    session.query<Author>().join(rel<&Author::books>).options(contains_eager(rel<&Author::books>)).limit(1).all();
}

}  // namespace differential
