// selectinload: collections by their foreign key, over an association table, with a key of two columns, nested.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, selectin, R"python(
create(Library.metadata)
session.add_all([Author(name='a', books=[Book(title='x', tags=[Tag(word='red')]), Book(title='y')]), Author(name='b')])
session.add(Seat(row='a', place=1, tickets=[Ticket(), Ticket()]))
session.commit()
session.expunge_all()
authors = session.query(Author).options(selectinload(Author.books).selectinload(Book.tags)).order_by(Author.id).all()
show([[b.title for b in a.books] for a in authors])
show([t.word for t in authors[0].books[0].tags])
show(len(session.query(Seat).options(selectinload(Seat.tickets)).one().tickets))
session.query(Author).filter(Author.id < 0).options(selectinload(Author.books)).all()
)python") {
    create(Library::metadata());
    session.add_all(
        Author{.name = "a", .books = {Book{.title = "x", .tags = {Tag{.word = "red"}}}, Book{.title = "y"}}},
        Author{.name = "b"});
    session.add(Seat{.row = "a", .place = 1, .tickets = {Ticket{}, Ticket{}}});
    session.commit();
    session.expunge_all();
    auto authors = session.query<Author>()
                       .options(selectinload(rel<&Author::books>).selectinload(rel<&Book::tags>))
                       .order_by(col<&Author::id>)
                       .all();
    show(std::vector{each<&Book::title>(authors[0]->books), each<&Book::title>(authors[1]->books)});
    show(each<&Tag::word>(authors[0]->books[0]->tags));
    show(count_of(session.query<Seat>().options(selectinload(rel<&Seat::tickets>)).one()->tickets));
    session.query<Author>().filter(col<&Author::id> < 0).options(selectinload(rel<&Author::books>)).all();
}

}  // namespace differential
