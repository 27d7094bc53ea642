// Without delete cascade the children of a deleted object lose their foreign key.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, nullify, R"python(
create(Library.metadata)
a = Author(name='a', books=[Book(title='x'), Book(title='y')])
session.add(a)
session.commit()
session.delete(a)
session.commit()
show(session.query(Book.author_id).all())
)python") {
    create(Library::metadata());
    auto a = make(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}}});
    session.add(a);
    session.commit();
    session.delete_(a);
    session.commit();
    std::vector<std::tuple<std::optional<int>>> keys;
    for (auto& key : session.query(col<&Book::author_id>)) keys.emplace_back(key);
    show(keys);
}

}  // namespace differential
