// defer, load_only and undefer: what is left out is loaded by one statement.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, defer, R"python(
create(Library.metadata)
session.add(Purchase(customer='ann', lines=[Line(product=Product(name='ink'), amount=2)]))
session.commit()
session.expunge_all()
p = session.query(Purchase).options(defer(Purchase.customer)).one()
show(p.customer)
session.expunge_all()
b = session.query(Book).options(load_only(Book.title)).all()
line = session.query(Line).options(defer(Line.amount)).one()
line.amount = 3
session.flush()
show(line.amount)
session.expunge_all()
p = session.query(Purchase).options(joinedload(Purchase.lines).load_only(Line.amount)).one()
show(p.lines[0].amount)
)python") {
    create(Library::metadata());
    session.add(Purchase{.customer = "ann", .lines = {Line{.amount = 2, .product = make(Product{.name = "ink"})}}});
    session.commit();
    session.expunge_all();
    auto p = session.query<Purchase>().options(defer(col<&Purchase::customer>)).one();
    show(p->customer);
    session.expunge_all();
    session.query<Book>().options(load_only(col<&Book::title>)).all();
    auto line = session.query<Line>().options(defer(col<&Line::amount>)).one();
    line->amount = 3;
    session.flush();
    show(line->amount);
    session.expunge_all();
    p = session.query<Purchase>().options(joinedload(rel<&Purchase::lines>).load_only(col<&Line::amount>)).one();
    show(p->lines[0]->amount);
}

}  // namespace differential
