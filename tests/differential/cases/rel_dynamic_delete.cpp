// Deleting the owner of a dynamic relationship takes the foreign keys of its objects away.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, dynamic_delete, R"python(
create(Library.metadata)
b = Book(title='x', reviews=[Review(stars=1), Review(stars=2)])
session.add(b)
session.commit()
session.delete(b)
session.commit()
show(session.query(Review.book_id).all())
)python") {
    create(Library::metadata());
    auto b = make(Book{.title = "x", .reviews = {Review{.stars = 1}, Review{.stars = 2}}});
    session.add(b);
    session.commit();
    session.delete_(b);
    session.commit();
    std::vector<std::tuple<std::optional<int>>> keys;
    for (auto& key : session.query(col<&Review::book_id>)) keys.emplace_back(key);
    show(keys);
}

}  // namespace differential
