// Many-to-one: the reference decides the foreign key, None makes it NULL, and a new parent is inserted first.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, many_to_one, R"python(
create(Library.metadata)
b = Book(title='x', author=Author(name='a'))
session.add(b)
session.commit()
show(b.author.name)
b.author = Author(name='b')
session.commit()
show(b.author_id)
b.author = None
session.commit()
show(b.author is None)
show(b.author_id)
)python") {
    create(Library::metadata());
    auto b = make(Book{.title = "x", .author = make(Author{.name = "a"})});
    session.add(b);
    session.commit();
    show(b->author->name);
    b->author = Author{.name = "b"};
    session.commit();
    show(b->author_id);
    b->author = nullptr;
    session.commit();
    show(b->author == nullptr);
    show(b->author_id);
}

}  // namespace differential
