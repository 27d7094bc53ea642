// subqueryload of collections, of a reference and over an association table.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, subquery, R"python(
create(Library.metadata)
session.add_all([Author(name='a', books=[Book(title='x', tags=[Tag(word='red')]), Book(title='y')]), Author(name='b')])
session.commit()
session.expunge_all()
authors = session.query(Author).options(subqueryload(Author.books).subqueryload(Book.tags)).order_by(Author.id).all()
show([[b.title for b in a.books] for a in authors])
show([t.word for t in authors[0].books[0].tags])
session.expunge_all()
session.query(Author).filter(Author.name == 'a').options(subqueryload(Author.books)).order_by(Author.id).limit(1).all()
session.expunge_all()
show([b.author.name for b in session.query(Book).options(subqueryload(Book.author)).order_by(Book.id)])
)python") {
    create(Library::metadata());
    session.add_all(
        Author{.name = "a", .books = {Book{.title = "x", .tags = {Tag{.word = "red"}}}, Book{.title = "y"}}},
        Author{.name = "b"});
    session.commit();
    session.expunge_all();
    auto authors = session.query<Author>()
                       .options(subqueryload(rel<&Author::books>).subqueryload(rel<&Book::tags>))
                       .order_by(col<&Author::id>)
                       .all();
    show(std::vector{each<&Book::title>(authors[0]->books), each<&Book::title>(authors[1]->books)});
    show(each<&Tag::word>(authors[0]->books[0]->tags));
    session.expunge_all();
    session.query<Author>()
        .filter(col<&Author::name> == "a")
        .options(subqueryload(rel<&Author::books>))
        .order_by(col<&Author::id>)
        .limit(1)
        .all();
    session.expunge_all();
    std::vector<std::optional<std::string>> names;
    for (auto& b : session.query<Book>().options(subqueryload(rel<&Book::author>)).order_by(col<&Book::id>))
        names.push_back(*b->author->name);
    show(names);
}

}  // namespace differential
