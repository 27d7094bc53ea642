// merge of an object of a session that was closed.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, merge_detached, R"python(
create(Library.metadata)
session.add(Author(id=1, name='a', books=[Book(id=1, title='x')]))
session.commit()
a = session.get(Author, 1)
show(a.name)
show(a.books[0].title)
session.expunge_all()
a.name = 'b'
m = session.merge(a)
show(m is a)
show(m.name)
show(a in session)
session.commit()
show(session.query(Author.name).all())
)python") {
    create(Library::metadata());
    session.add(Author{.id = 1, .name = "a", .books = {Book{.id = 1, .title = "x"}}});
    session.commit();
    auto a = session.get<Author>(1);
    show(a->name);
    show(a->books[0]->title);
    session.expunge_all();
    a->name = "b";
    auto m = session.merge(a);
    show(m == a);
    show(m->name);
    show(session.contains(a));
    session.commit();
    std::vector<std::tuple<std::optional<std::string>>> names;
    for (auto& name : session.query(col<&Author::name>)) names.emplace_back(name);
    show(names);
}

}  // namespace differential
