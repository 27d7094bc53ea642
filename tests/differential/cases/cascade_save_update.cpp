// save-update, the default: adding an object adds what it is related to, and so does appending to it.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(cascade, save_update, R"python(
create(Library.metadata)
x = Book(title='x', author=Author(name='a'), chapters=[Chapter(title='1')], tags=[Tag(word='red')])
session.add(x)
show(len(session.new))
session.flush()
x.tags.append(Tag(word='blue'))
show(len(session.new))
session.commit()
)python") {
    create(Library::metadata());
    auto x = make(Book{.title = "x",
                       .author = make(Author{.name = "a"}),
                       .chapters = {Chapter{.title = "1"}},
                       .tags = {Tag{.word = "red"}}});
    session.add(x);
    show(static_cast<int>(session.new_().size()));
    session.flush();
    x->tags.append(Tag{.word = "blue"});
    show(static_cast<int>(session.new_().size()));
    session.commit();
}

}  // namespace differential
