// A list assigned to a dynamic relationship replaces what is there.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, dynamic_assign, R"python(
create(Library.metadata)
b = Book(title='x', reviews=[Review(stars=1), Review(stars=2)])
session.add(b)
session.commit()
kept = b.reviews.filter(Review.stars == 2).one()
b.reviews = [kept, Review(stars=3)]
session.commit()
show([r.stars for r in b.reviews.order_by(Review.id)])
show(session.query(Review).count())
)python") {
    create(Library::metadata());
    auto b = make(Book{.title = "x", .reviews = {Review{.stars = 1}, Review{.stars = 2}}});
    session.add(b);
    session.commit();
    auto kept = b->reviews.filter(col<&Review::stars> == 2).one();
    b->reviews = {kept, make(Review{.stars = 3})};
    session.commit();
    show(each<&Review::stars>(b->reviews.query().order_by(col<&Review::id>)));
    show(session.query<Review>().count());
}

}  // namespace differential
