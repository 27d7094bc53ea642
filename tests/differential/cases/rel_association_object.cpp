// An association object: its key consists of both references, and it is an orphan without its purchase.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, association_object, R"python(
create(Library.metadata)
ink, pen = Product(name='ink'), Product(name='pen')
p = Purchase(customer='ann', lines=[Line(product=ink, amount=2), Line(product=pen, amount=1)])
session.add(p)
session.commit()
show([(line.product.name, line.amount) for line in p.lines])
p.lines.remove(p.lines[0])
session.commit()
show([line.product.name for line in p.lines])
show(session.query(Line).count())
session.delete(p)
session.commit()
show(session.query(Line).count())
show(session.query(Product).count())
)python") {
    create(Library::metadata());
    auto ink = make(Product{.name = "ink"}), pen = make(Product{.name = "pen"});
    auto p = make(
        Purchase{.customer = "ann", .lines = {Line{.amount = 2, .product = ink}, Line{.amount = 1, .product = pen}}});
    session.add(p);
    session.commit();
    std::vector<std::tuple<std::string, int>> lines;
    for (auto& line : p->lines) lines.emplace_back(**line->product->name, **line->amount);
    show(lines);
    p->lines.remove(p->lines[0]);
    session.commit();
    std::vector<std::string> names;
    for (auto& line : p->lines) names.push_back(**line->product->name);
    show(names);
    show(session.query<Line>().count());
    session.delete_(p);
    session.commit();
    show(session.query<Line>().count());
    show(session.query<Product>().count());
}

}  // namespace differential
