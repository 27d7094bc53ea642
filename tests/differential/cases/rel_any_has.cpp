// any and has, negated, nested, over an association table and of a class with itself.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, any_has, R"python(
create(Library.metadata)
session.query(Author.id).filter(Author.books.any()).all()
session.query(Author.id).filter(~Author.books.any(Book.title == 'x')).all()
session.query(Author.id).filter(Author.books.any(title='x')).all()
session.query(Book.id).filter(Book.author.has(Author.name == 'a')).all()
session.query(Book.id).filter(Book.author.has(name='a'), Book.title != 'x').all()
session.query(Book.id).filter(~Book.author.has()).all()
session.query(Author.id).filter(Author.books.any(Book.tags.any(Tag.word == 'red'))).all()
session.query(Book.id).filter(Book.tags.any(word='red')).all()
session.query(Node.id).filter(Node.children.any(Node.name == 'x')).all()
session.query(Node.id).filter(Node.parent.has(Node.name == 'x')).all()
session.query(Person.id).filter(Person.knows.any(Person.name == 'ann')).all()
session.query(Book.id).filter(Book.detail.has(Detail.pages > 3)).all()
)python") {
    create(Library::metadata());
    session.query(col<&Author::id>).filter(rel<&Author::books>.any()).all();
    session.query(col<&Author::id>).filter(!rel<&Author::books>.any(col<&Book::title> == "x")).all();
    session.query(col<&Author::id>).filter(rel<&Author::books>.any("title"_a = "x")).all();
    session.query(col<&Book::id>).filter(rel<&Book::author>.has(col<&Author::name> == "a")).all();
    session.query(col<&Book::id>).filter(rel<&Book::author>.has("name"_a = "a"), col<&Book::title> != "x").all();
    session.query(col<&Book::id>).filter(!rel<&Book::author>.has()).all();
    session.query(col<&Author::id>)
        .filter(rel<&Author::books>.any(rel<&Book::tags>.any(col<&Tag::word> == "red")))
        .all();
    session.query(col<&Book::id>).filter(rel<&Book::tags>.any("word"_a = "red")).all();
    session.query(col<&Node::id>).filter(rel<&Node::children>.any(col<&Node::name> == "x")).all();
    session.query(col<&Node::id>).filter(rel<&Node::parent>.has(col<&Node::name> == "x")).all();
    session.query(col<&Person::id>).filter(rel<&Person::knows>.any(col<&Person::name> == "ann")).all();
    session.query(col<&Book::id>).filter(rel<&Book::detail>.has(col<&Detail::pages> > 3)).all();
}

}  // namespace differential
