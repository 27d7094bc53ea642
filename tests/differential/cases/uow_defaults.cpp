// A column default is bound, a server default is left out and read at the first access.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, defaults, R"python(
i = Item(title='a')
session.add(i)
session.flush()
show(i.quantity, i.title)
show(i.status)
show(i.status, i.note)
j = Item(title='b', quantity=5, status='old', note='n')
session.add(j)
session.flush()
show(j.quantity, j.status, j.note)
)python") {
    auto i = session.add(Item{.title = "a"});
    session.flush();
    show(i->quantity, i->title);
    show(i->status);
    show(i->status, i->note);
    auto j = session.add(Item{.title = "b", .quantity = 5, .status = "old", .note = "n"});
    session.flush();
    show(j->quantity, j->status, j->note);
}

}  // namespace differential
