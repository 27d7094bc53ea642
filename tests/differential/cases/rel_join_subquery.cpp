// A join with a subquery and its columns.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, join_subquery, R"python(
create(Library.metadata)
session.add_all([Author(name='a', books=[Book(title='x'), Book(title='y')]), Author(name='b')])
session.commit()
stmt = session.query(Book.author_id, func.count('*').label('number')).group_by(Book.author_id).subquery()
show(session.query(Author.name, stmt.c.number).outerjoin(stmt, Author.id == stmt.c.author_id).order_by(Author.id).all())
named = session.query(Book.author_id).filter(Book.title == 'x').subquery('xs')
show(session.query(Author.name).join(named, named.c.author_id == Author.id).all())
)python") {
    create(Library::metadata());
    session.add_all(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}}}, Author{.name = "b"});
    session.commit();
    auto number = func::count("*").label("number");
    auto stmt = session.query(col<&Book::author_id>, number).group_by(col<&Book::author_id>).subquery();
    show(session.query(col<&Author::name>, stmt.c(number))
             .outerjoin(stmt, col<&Author::id> == stmt.c(col<&Book::author_id>))
             .order_by(col<&Author::id>)
             .all());
    auto named = session.query(col<&Book::author_id>).filter(col<&Book::title> == "x").subquery("xs");
    std::vector<std::tuple<std::optional<std::string>>> names;
    for (auto& name : session.query(col<&Author::name>).join(named, named.c(col<&Book::author_id>) == col<&Author::id>))
        names.emplace_back(name);
    show(names);
}

}  // namespace differential
