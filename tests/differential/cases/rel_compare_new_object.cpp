// The object that a criterion compares with is read when the statement runs.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, compare_new_object, R"python(
create(Library.metadata)
a = Author(name='a')
query = session.query(Book).filter(Book.author == a)
with fails():
    query.all()
session.add(a)
show(len(query.all()))
a.books.append(Book(title='x'))
show(len(query.all()))
)python") {
    create(Library::metadata());
    differs("the object is asked before the statement is sent, and its error is no StatementError",
            "BEGIN (implicit)\nraises StatementError", "raises InvalidRequestError\nBEGIN (implicit)");
    auto a = make(Author{.name = "a"});
    auto query = session.query<Book>().filter(rel<&Book::author> == a);
    fails([&] { query.all(); });
    session.add(a);
    show(count_of(query.all()));
    a->books.append(Book{.title = "x"});
    show(count_of(query.all()));
}

}  // namespace differential
