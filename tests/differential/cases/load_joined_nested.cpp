// joinedload along a path, and a path that goes on with another strategy.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, joined_nested, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x', chapters=[Chapter(title='1'), Chapter(title='2')])]))
session.commit()
session.expunge_all()
a = session.query(Author).options(joinedload(Author.books).joinedload(Book.chapters)).one()
show([c.title for c in a.books[0].chapters])
session.expunge_all()
a = session.query(Author).options(joinedload(Author.books).selectinload(Book.chapters)).one()
show([c.title for c in a.books[0].chapters])
session.expunge_all()
c = session.query(Chapter).options(joinedload(Chapter.book).joinedload(Book.author)).order_by(Chapter.id).first()
show(c.book.author.name)
session.query(Chapter).options(joinedload(Chapter.book, innerjoin=True).joinedload(Book.author)).all()
)python") {
    create(Library::metadata());
    session.add(
        Author{.name = "a", .books = {Book{.title = "x", .chapters = {Chapter{.title = "1"}, Chapter{.title = "2"}}}}});
    session.commit();
    session.expunge_all();
    auto a = session.query<Author>().options(joinedload(rel<&Author::books>).joinedload(rel<&Book::chapters>)).one();
    show(each<&Chapter::title>(a->books[0]->chapters));
    session.expunge_all();
    a = session.query<Author>().options(joinedload(rel<&Author::books>).selectinload(rel<&Book::chapters>)).one();
    show(each<&Chapter::title>(a->books[0]->chapters));
    session.expunge_all();
    auto c = session.query<Chapter>()
                 .options(joinedload(rel<&Chapter::book>).joinedload(rel<&Book::author>))
                 .order_by(col<&Chapter::id>)
                 .first();
    show(c->book->author->name);
    session.query<Chapter>().options(joinedload(rel<&Chapter::book>, innerjoin).joinedload(rel<&Book::author>)).all();
}

}  // namespace differential
