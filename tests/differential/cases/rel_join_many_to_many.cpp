// A join over an association table.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, join_many_to_many, R"python(
create(Library.metadata)
session.add(Book(title='x', tags=[Tag(word='red'), Tag(word='blue')]))
session.commit()
show(session.query(Book.title, Tag.word).join(Book.tags).order_by(Tag.id).all())
show(session.query(Tag).join(Tag.books).filter(Book.title == 'x').count())
session.query(Book).outerjoin(Book.tags).filter(Tag.id == None).all()
)python") {
    create(Library::metadata());
    session.add(Book{.title = "x", .tags = {Tag{.word = "red"}, Tag{.word = "blue"}}});
    session.commit();
    show(session.query(col<&Book::title>, col<&Tag::word>).join(rel<&Book::tags>).order_by(col<&Tag::id>).all());
    show(session.query<Tag>().join(rel<&Tag::books>).filter(col<&Book::title> == "x").count());
    session.query<Book>().outerjoin(rel<&Book::tags>).filter(col<&Tag::id> == nullptr).all();
}

}  // namespace differential
