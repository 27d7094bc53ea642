// selectinload of a reference asks for the keys that are not NULL, once each. One relationship a query: of two,
// SQLAlchemy loads first the one that comes first in a set of Python's.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, selectin_reference, R"python(
create(Library.metadata)
a, b = Author(name='a'), Author(name='b')
session.add_all([a, b, Book(title='x', author=a), Book(title='y', author=b), Book(title='z', author=a), Book(title='none')])
session.add(Book(title='d', detail=Detail(pages=3)))
session.commit()
session.expunge_all()
books = session.query(Book).options(selectinload(Book.author)).order_by(Book.id).all()
show([b.author.name if b.author else None for b in books])
session.expunge_all()
books = session.query(Book).options(selectinload(Book.detail)).order_by(Book.id).all()
show(books[-1].detail.pages)
)python") {
    create(Library::metadata());
    auto a = make(Author{.name = "a"}), b = make(Author{.name = "b"});
    auto x = make(Book{.title = "x", .author = a}), y = make(Book{.title = "y", .author = b}),
         z = make(Book{.title = "z", .author = a});
    session.add_all(a, b, x, y, z, Book{.title = "none"});
    session.add(Book{.title = "d", .detail = make(Detail{.pages = 3})});
    session.commit();
    session.expunge_all();
    auto books = session.query<Book>().options(selectinload(rel<&Book::author>)).order_by(col<&Book::id>).all();
    std::vector<std::optional<std::string>> names;
    for (auto& book : books) names.push_back(book->author ? *book->author->name : std::nullopt);
    show(names);
    session.expunge_all();
    books = session.query<Book>().options(selectinload(rel<&Book::detail>)).order_by(col<&Book::id>).all();
    show(books.back()->detail->pages);
}

}  // namespace differential
