// refresh-expire: what belongs to an expired or refreshed object expires with it.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, refresh_expire, R"python(
create(Library.metadata)
b = Book(title='x', chapters=[Chapter(title='1')], author=Author(name='a'))
session.add(b)
session.commit()
a, c = b.author, b.chapters[0]
show(b.title)
show(c.title)
show(a.name)
session.execute(text("UPDATE chapters SET title = 'raw'"))
session.execute(text("UPDATE authors SET name = 'raw'"))
session.expire(b)
show(b.chapters[0].title)
show(b.author.name)
session.execute(text("UPDATE chapters SET title = 'again'"))
session.refresh(b)
show(b.chapters[0].title)
show(b.author.name)
)python") {
    create(Library::metadata());
    auto b = make(Book{.title = "x", .author = make(Author{.name = "a"}), .chapters = {Chapter{.title = "1"}}});
    session.add(b);
    session.commit();
    const auto a = b->author.get();
    const auto c = b->chapters[0];
    show(b->title);
    show(c->title);
    show(a->name);
    session.execute(text("UPDATE chapters SET title = 'raw'"));
    session.execute(text("UPDATE authors SET name = 'raw'"));
    session.expire(b);
    show(b->chapters[0]->title);
    show(b->author->name);
    session.execute(text("UPDATE chapters SET title = 'again'"));
    session.refresh(b);
    show(b->chapters[0]->title);
    show(b->author->name);
}

}  // namespace differential
