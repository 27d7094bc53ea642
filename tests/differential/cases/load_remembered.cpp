// Options for what is behind a relationship are remembered for its lazy load.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, remembered, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x', chapters=[Chapter(title='1')]), Book(title='y')]))
session.commit()
session.expunge_all()
a = session.query(Author).options(lazyload(Author.books).joinedload(Book.chapters)).one()
show([len(b.chapters) for b in a.books])
session.expunge_all()
a = session.query(Author).options(defaultload(Author.books).selectinload(Book.chapters)).one()
show([len(b.chapters) for b in a.books])
session.expunge_all()
a = session.query(Author).options(lazyload(Author.books).raiseload(Book.chapters)).one()
with fails():
    len(a.books[0].chapters)
)python") {
    create(Library::metadata());
    session.add(
        Author{.name = "a", .books = {Book{.title = "x", .chapters = {Chapter{.title = "1"}}}, Book{.title = "y"}}});
    session.commit();
    session.expunge_all();
    auto sizes = [](const Ptr<Author>& author) {
        std::vector<int> found;
        for (auto& book : author->books) found.push_back(count_of(book->chapters));
        return found;
    };
    show(sizes(session.query<Author>().options(lazyload(rel<&Author::books>).joinedload(rel<&Book::chapters>)).one()));
    session.expunge_all();
    show(sizes(
        session.query<Author>().options(defaultload(rel<&Author::books>).selectinload(rel<&Book::chapters>)).one()));
    session.expunge_all();
    auto a = session.query<Author>().options(lazyload(rel<&Author::books>).raiseload(rel<&Book::chapters>)).one();
    fails([&] { (void)a->books[0]->chapters.size(); });
}

}  // namespace differential
