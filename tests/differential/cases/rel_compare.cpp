// Comparisons of a reference with an object and with none, also of two columns.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, compare, R"python(
create(Library.metadata)
a = Author(name='a', books=[Book(title='x')])
s = Seat(row='a', place=1, tickets=[Ticket()])
session.add_all([a, s, Book(title='y')])
session.commit()
show([b.title for b in session.query(Book).filter(Book.author == a)])
show([b.title for b in session.query(Book).filter(Book.author != a)])
show([b.title for b in session.query(Book).filter(Book.author == None)])
show([b.title for b in session.query(Book).filter(Book.author != None)])
show([n.name for n in session.query(Author).filter(Author.books == None)])
show(session.query(Ticket).filter(Ticket.seat == s).count())
show(session.query(Ticket).filter(Ticket.seat == None).count())
show(session.query(Node).filter(Node.parent == None).count())
)python") {
    create(Library::metadata());
    auto a = make(Author{.name = "a", .books = {Book{.title = "x"}}});
    auto s = make(Seat{.row = "a", .place = 1, .tickets = {Ticket{}}});
    session.add_all(a, s, Book{.title = "y"});
    session.commit();
    auto titles = [&](const Expr& criterion) { return each<&Book::title>(session.query<Book>().filter(criterion)); };
    show(titles(rel<&Book::author> == a));
    show(titles(rel<&Book::author> != a));
    show(titles(rel<&Book::author> == nullptr));
    show(titles(rel<&Book::author> != nullptr));
    show(each<&Author::name>(session.query<Author>().filter(rel<&Author::books> == nullptr)));
    show(session.query<Ticket>().filter(rel<&Ticket::seat> == s).count());
    show(session.query<Ticket>().filter(rel<&Ticket::seat> == nullptr).count());
    show(session.query<Node>().filter(rel<&Node::parent> == nullptr).count());
}

}  // namespace differential
