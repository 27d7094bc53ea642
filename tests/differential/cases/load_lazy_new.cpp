// The collections and references of new objects are empty without a statement.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, lazy_new, R"python(
create(Library.metadata)
session.add(Author(id=1, name='a'))
session.commit()
b = Book(title='x', author_id=1)
session.add(b)
show(b.author is None)
show(len(b.chapters))
show(b.detail is None)
session.flush()
show(b.author is None)
session.commit()
show(b.author.name)
)python") {
    create(Library::metadata());
    session.add(Author{.id = 1, .name = "a"});
    session.commit();
    auto b = session.add(Book{.title = "x", .author_id = 1});
    show(b->author == nullptr);
    show(count_of(b->chapters));
    show(b->detail == nullptr);
    session.flush();
    show(b->author == nullptr);
    session.commit();
    show(b->author->name);
}

}  // namespace differential
