// Where both changed, the reference wins over the foreign key; the key alone leaves a loaded reference as it is.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, key_and_reference, R"python(
create(Library.metadata)
session.add_all([Author(name='a'), Author(name='b'), Book(title='x')])
session.commit()
a, b = session.query(Author).order_by(Author.id).all()
x = session.query(Book).one()
x.author = a
x.author_id = 2
session.flush()
show(x.author_id)
x.author_id = 2
session.flush()
show(x.author is a)
session.commit()
show(x.author is b)
)python") {
    create(Library::metadata());
    session.add_all(Author{.name = "a"}, Author{.name = "b"}, Book{.title = "x"});
    session.commit();
    auto authors = session.query<Author>().order_by(col<&Author::id>).all();
    auto a = authors[0], b = authors[1];
    auto x = session.query<Book>().one();
    x->author = a;
    x->author_id = 2;
    session.flush();
    show(x->author_id);
    x->author_id = 2;
    session.flush();
    show(x->author == a);
    session.commit();
    show(x->author == b);
}

}  // namespace differential
