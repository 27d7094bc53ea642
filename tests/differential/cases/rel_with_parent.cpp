// with_parent, along every kind of relationship.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, with_parent, R"python(
create(Library.metadata)
x = Book(title='x', author=Author(name='a'), tags=[Tag(word='red')], chapters=[Chapter(title='1')])
session.add(x)
session.commit()
show([c.title for c in session.query(Chapter).with_parent(x, Book.chapters)])
show([t.word for t in session.query(Tag).with_parent(x, Book.tags)])
show([a.name for a in session.query(Author).with_parent(x, Book.author)])
show([c.title for c in session.query(Chapter).with_parent(x, 'chapters')])
)python") {
    create(Library::metadata());
    auto x = make(Book{.title = "x",
                       .author = make(Author{.name = "a"}),
                       .chapters = {Chapter{.title = "1"}},
                       .tags = {Tag{.word = "red"}}});
    session.add(x);
    session.commit();
    show(each<&Chapter::title>(session.query<Chapter>().with_parent(x, rel<&Book::chapters>)));
    show(each<&Tag::word>(session.query<Tag>().with_parent(x, rel<&Book::tags>)));
    show(each<&Author::name>(session.query<Author>().with_parent(x, rel<&Book::author>)));
    show(each<&Chapter::title>(session.query<Chapter>().with_parent(x, "chapters")));
}

}  // namespace differential
