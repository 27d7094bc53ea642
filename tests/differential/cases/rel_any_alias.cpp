// any and has from an alias, and to one.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, any_alias, R"python(
create(Library.metadata)
b = aliased(Book)
session.query(b.id).filter(b.author.has(Author.name == 'a')).all()
session.query(b.id).filter(b.chapters.any()).all()
other = aliased(Book)
session.query(Author.id).filter(Author.books.of_type(other).any(other.title == 'x')).all()
)python") {
    create(Library::metadata());
    auto b = aliased<Book>();
    session.query(b[&Book::id]).filter(b[&Book::author].has(col<&Author::name> == "a")).all();
    session.query(b[&Book::id]).filter(b[&Book::chapters].any()).all();
    auto other = aliased<Book>();
    session.query(col<&Author::id>).filter(rel<&Author::books>.of_type(other).any(other[&Book::title] == "x")).all();
}

}  // namespace differential
