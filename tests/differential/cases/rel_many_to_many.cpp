// Many-to-many: pairs are written once, removed from either side, and go with either object.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, many_to_many, R"python(
create(Library.metadata)
red, blue = Tag(word='red'), Tag(word='blue')
x, y = Book(title='x', tags=[red, blue]), Book(title='y', tags=[red])
session.add_all([x, y])
session.commit()
show([t.word for t in x.tags])
show([b.title for b in red.books])
red.books.remove(x)
show([t.word for t in x.tags])
session.flush()
blue.books.append(y)
session.commit()
show([t.word for t in y.tags])
session.delete(blue)
session.commit()
show(session.scalar(select(func.count()).select_from(book_tags)))
)python") {
    create(Library::metadata());
    any_order("book_tags");
    auto red = make(Tag{.word = "red"}), blue = make(Tag{.word = "blue"});
    auto x = make(Book{.title = "x", .tags = {red, blue}}), y = make(Book{.title = "y", .tags = {red}});
    session.add_all(x, y);
    session.commit();
    show(each<&Tag::word>(x->tags));
    show(each<&Book::title>(red->books));
    red->books.remove(x);
    show(each<&Tag::word>(x->tags));
    session.flush();
    blue->books.append(y);
    session.commit();
    show(each<&Tag::word>(y->tags));
    session.delete_(blue);
    session.commit();
    show(session.scalar(select(func::count()).select_from(book_tags)));
}

}  // namespace differential
