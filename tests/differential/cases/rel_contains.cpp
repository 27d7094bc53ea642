// contains, and not contains, of one-to-many and many-to-many.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, contains, R"python(
create(Library.metadata)
red = Tag(word='red')
x = Book(title='x', tags=[red], author=Author(name='a'))
session.add(x)
session.commit()
show([a.name for a in session.query(Author).filter(Author.books.contains(x))])
show(session.query(Author).filter(~Author.books.contains(x)).count())
show([b.title for b in session.query(Book).filter(Book.tags.contains(red))])
show(session.query(Book).filter(~Book.tags.contains(red)).count())
)python") {
    create(Library::metadata());
    auto red = make(Tag{.word = "red"});
    auto x = make(Book{.title = "x", .author = make(Author{.name = "a"}), .tags = {red}});
    session.add(x);
    session.commit();
    show(each<&Author::name>(session.query<Author>().filter(rel<&Author::books>.contains(x))));
    show(session.query<Author>().filter(!rel<&Author::books>.contains(x)).count());
    show(each<&Book::title>(session.query<Book>().filter(rel<&Book::tags>.contains(red))));
    show(session.query<Book>().filter(!rel<&Book::tags>.contains(red)).count());
}

}  // namespace differential
