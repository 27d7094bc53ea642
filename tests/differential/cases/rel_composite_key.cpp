// A foreign key of two columns.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, composite_key, R"python(
create(Library.metadata)
s = Seat(row='a', place=1, tickets=[Ticket(), Ticket()])
session.add(s)
session.commit()
show([t.id for t in s.tickets])
t = s.tickets[0]
show(t.seat is s)
show(t.seat_row)
show(t.seat_place)
t.seat = Seat(row='b', place=2)
session.commit()
show(len(s.tickets))
session.expunge_all()
t = session.get(Ticket, 1)
show(t.seat.row)
t.seat = None
session.commit()
show(t.seat_row)
show(t.seat_place)
show(session.query(Seat).filter(Seat.tickets.any()).count())
)python") {
    create(Library::metadata());
    auto s = make(Seat{.row = "a", .place = 1, .tickets = {Ticket{}, Ticket{}}});
    session.add(s);
    session.commit();
    show(each<&Ticket::id>(s->tickets));
    auto t = s->tickets[0];
    show(t->seat == s);
    show(t->seat_row);
    show(t->seat_place);
    t->seat = Seat{.row = "b", .place = 2};
    session.commit();
    show(count_of(s->tickets));
    session.expunge_all();
    t = session.get<Ticket>(1);
    show(t->seat->row);
    t->seat = nullptr;
    session.commit();
    show(t->seat_row);
    show(t->seat_place);
    show(session.query<Seat>().filter(rel<&Seat::tickets>.any()).count());
}

}  // namespace differential
