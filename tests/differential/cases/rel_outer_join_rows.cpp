// What an outer join does not find.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, outer_join_rows, R"python(
create(Library.metadata)
session.add_all([Author(name='a', books=[Book(title='x')]), Author(name='b')])
session.commit()
rows = session.query(Author, Book).outerjoin(Author.books).order_by(Author.id).all()
show(len(rows))
show(rows[0][1] is None)
show(rows[1][1] is None)
show(session.query(Author.name, Book.title).outerjoin(Author.books).order_by(Author.id).all())
)python") {
    create(Library::metadata());
    session.add_all(Author{.name = "a", .books = {Book{.title = "x"}}}, Author{.name = "b"});
    session.commit();
    auto rows = session.query<Author, Book>().outerjoin(rel<&Author::books>).order_by(col<&Author::id>).all();
    show(count_of(rows));
    show(std::get<1>(rows[0]) == nullptr);
    show(std::get<1>(rows[1]) == nullptr);
    show(session.query(col<&Author::name>, col<&Book::title>)
             .outerjoin(rel<&Author::books>)
             .order_by(col<&Author::id>)
             .all());
}

}  // namespace differential
