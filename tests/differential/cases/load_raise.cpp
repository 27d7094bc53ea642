// raiseload: the access is an error, also of an object that is in memory unless only SQL is refused.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, raise, R"python(
create(Library.metadata)
session.add(Book(title='x', author=Author(name='a'), chapters=[Chapter(title='1')]))
session.commit()
session.expunge_all()
b = session.query(Book).options(raiseload(Book.author), raiseload(Book.chapters)).one()
with fails():
    b.author
with fails():
    len(b.chapters)
session.expunge_all()
a = session.query(Author).one()
b = session.query(Book).options(raiseload(Book.author, sql_only=True)).one()
show(b.author is a)
session.expunge_all()
b = session.query(Book).options(raiseload('*')).one()
with fails():
    b.detail
with fails():
    len(b.tags)
)python") {
    create(Library::metadata());
    session.add(Book{.title = "x", .author = make(Author{.name = "a"}), .chapters = {Chapter{.title = "1"}}});
    session.commit();
    session.expunge_all();
    auto b = session.query<Book>().options(raiseload(rel<&Book::author>), raiseload(rel<&Book::chapters>)).one();
    fails([&] { (void)b->author.get(); });
    fails([&] { (void)b->chapters.size(); });
    session.expunge_all();
    auto a = session.query<Author>().one();
    b = session.query<Book>().options(raiseload(rel<&Book::author>, sql_only)).one();
    show(b->author == a);
    session.expunge_all();
    b = session.query<Book>().options(raiseload("*")).one();
    fails([&] { (void)b->detail.get(); });
    fails([&] { (void)b->tags.size(); });
}

}  // namespace differential
