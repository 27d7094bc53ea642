// A pair that is gone from the association table is noticed.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, many_to_many_stale, R"python(
create(Library.metadata)
x = Book(title='x', tags=[Tag(word='red'), Tag(word='blue')])
session.add(x)
session.commit()
show(len(x.tags))
session.execute(text('DELETE FROM book_tags WHERE tag_id = 1'))
x.tags.remove(x.tags[0])
with fails():
    session.flush()
session.rollback()
)python") {
    create(Library::metadata());
    any_order("book_tags");
    auto x = make(Book{.title = "x", .tags = {Tag{.word = "red"}, Tag{.word = "blue"}}});
    session.add(x);
    session.commit();
    show(count_of(x->tags));
    session.execute(text("DELETE FROM book_tags WHERE tag_id = 1"));
    x->tags.remove(x->tags[0]);
    fails([&] { session.flush(); });
    session.rollback();
}

}  // namespace differential
