// immediateload: one statement for each object, with the query.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, immediate, R"python(
create(Library.metadata)
session.add_all([Author(name='a', books=[Book(title='x')]), Author(name='b', books=[Book(title='y')])])
session.commit()
session.expunge_all()
authors = session.query(Author).options(immediateload(Author.books)).order_by(Author.id).all()
show([[b.title for b in a.books] for a in authors])
)python") {
    create(Library::metadata());
    session.add_all(Author{.name = "a", .books = {Book{.title = "x"}}},
                    Author{.name = "b", .books = {Book{.title = "y"}}});
    session.commit();
    session.expunge_all();
    auto authors = session.query<Author>().options(immediateload(rel<&Author::books>)).order_by(col<&Author::id>).all();
    show(std::vector{each<&Book::title>(authors[0]->books), each<&Book::title>(authors[1]->books)});
}

}  // namespace differential
