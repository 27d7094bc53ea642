// A dynamic relationship: append, remove, count, filter, each a statement after a flush.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, dynamic, R"python(
create(Library.metadata)
b = Book(title='x')
session.add(b)
b.reviews.append(Review(stars=5))
b.reviews.append(Review(stars=3))
session.commit()
show(b.reviews.count())
show([r.stars for r in b.reviews.order_by(Review.id)])
show([r.stars for r in b.reviews.filter(Review.stars > 3).all()])
worst = b.reviews.filter(Review.stars == 3).one()
b.reviews.remove(worst)
show(b.reviews.count())
show(worst.book is None)
b.reviews.append(worst)
session.commit()
show(b.reviews.count())
)python") {
    create(Library::metadata());
    auto b = session.add(Book{.title = "x"});
    b->reviews.append(Review{.stars = 5});
    b->reviews.append(Review{.stars = 3});
    session.commit();
    show(b->reviews.count());
    show(each<&Review::stars>(b->reviews.query().order_by(col<&Review::id>)));
    show(each<&Review::stars>(b->reviews.filter(col<&Review::stars> > 3).all()));
    auto worst = b->reviews.filter(col<&Review::stars> == 3).one();
    b->reviews.remove(worst);
    show(b->reviews.count());
    show(worst->book == nullptr);
    b->reviews.append(worst);
    session.commit();
    show(b->reviews.count());
}

}  // namespace differential
