// merge: an object and what it is related to are copied onto the session's own.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, merge, R"python(
create(Library.metadata)
session.add(Book(id=1, title='x', author=Author(id=1, name='a'), chapters=[Chapter(id=1, title='1'), Chapter(id=2, title='2')]))
session.commit()
session.expunge_all()
b = session.merge(Book(id=1, title='new', author=Author(id=1, name='changed'), chapters=[Chapter(id=2, title='two'), Chapter(title='3')]))
show(b.title)
show(b.author.name)
show([c.title for c in b.chapters])
session.commit()
show(session.query(Chapter.title).order_by(Chapter.id).all())
)python") {
    create(Library::metadata());
    session.add(Book{.id = 1,
                     .title = "x",
                     .author = make(Author{.id = 1, .name = "a"}),
                     .chapters = {Chapter{.id = 1, .title = "1"}, Chapter{.id = 2, .title = "2"}}});
    session.commit();
    session.expunge_all();
    auto b = session.merge(Book{.id = 1,
                                .title = "new",
                                .author = make(Author{.id = 1, .name = "changed"}),
                                .chapters = {Chapter{.id = 2, .title = "two"}, Chapter{.title = "3"}}});
    show(b->title);
    show(b->author->name);
    show(each<&Chapter::title>(b->chapters));
    session.commit();
    std::vector<std::tuple<std::optional<std::string>>> titles;
    for (auto& title : session.query(col<&Chapter::title>).order_by(col<&Chapter::id>)) titles.emplace_back(title);
    show(titles);
}

}  // namespace differential
