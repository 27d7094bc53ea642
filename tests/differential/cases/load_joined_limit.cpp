// joinedload with LIMIT, OFFSET and DISTINCT: a collection wraps the query, a reference does not.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, joined_limit, R"python(
create(Library.metadata)
session.add_all([Author(name='c', books=[Book(title='x'), Book(title='y')]), Author(name='b'), Author(name='a', books=[Book(title='z')])])
session.commit()
session.expunge_all()
q = session.query(Author).options(joinedload(Author.books))
show([[b.title for b in a.books] for a in q.order_by(Author.name).limit(2)])
session.expunge_all()
show([len(a.books) for a in q.order_by(Author.id).offset(1)])
q.order_by(func.lower(Author.name)).limit(1).all()
q.distinct().order_by(Author.name.desc()).all()
q.filter(Author.name > 'a').limit(1).all()
show(q.order_by(Author.id).first().name)
session.query(Book).options(joinedload(Book.author)).order_by(Book.id).limit(1).all()
)python") {
    create(Library::metadata());
    session.add_all(Author{.name = "c", .books = {Book{.title = "x"}, Book{.title = "y"}}}, Author{.name = "b"},
                    Author{.name = "a", .books = {Book{.title = "z"}}});
    session.commit();
    session.expunge_all();
    auto q = session.query<Author>().options(joinedload(rel<&Author::books>));
    std::vector<std::vector<std::optional<std::string>>> titles;
    for (auto& a : q.order_by(col<&Author::name>).limit(2)) titles.push_back(each<&Book::title>(a->books));
    show(titles);
    session.expunge_all();
    std::vector<int> sizes;
    for (auto& a : q.order_by(col<&Author::id>).offset(1)) sizes.push_back(count_of(a->books));
    show(sizes);
    q.order_by(func::lower(col<&Author::name>)).limit(1).all();
    q.distinct().order_by(col<&Author::name>.desc()).all();
    q.filter(col<&Author::name> > "a").limit(1).all();
    show(q.order_by(col<&Author::id>).first()->name);
    session.query<Book>().options(joinedload(rel<&Book::author>)).order_by(col<&Book::id>).limit(1).all();
}

}  // namespace differential
