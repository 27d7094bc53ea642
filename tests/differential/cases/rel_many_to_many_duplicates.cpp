// The same object twice in a list is one row of the association; appending what is there already writes nothing.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, many_to_many_duplicates, R"python(
create(Library.metadata)
red = Tag(word='red')
x = Book(title='x', tags=[red])
session.add(x)
session.commit()
x.tags = [red, red]
show(len(x.tags))
session.commit()
show(len(x.tags))
x.tags.append(red)
show(len(x.tags))
session.commit()
show(len(x.tags))
)python") {
    create(Library::metadata());
    auto red = make(Tag{.word = "red"});
    auto x = make(Book{.title = "x", .tags = {red}});
    session.add(x);
    session.commit();
    x->tags = {red, red};
    show(count_of(x->tags));
    session.commit();
    show(count_of(x->tags));
    x->tags.append(red);
    show(count_of(x->tags));
    session.commit();
    show(count_of(x->tags));
}

}  // namespace differential
