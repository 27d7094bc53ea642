// Joins that cannot be made.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, join_errors, R"python(
create(Library.metadata)
session.query(Author).count()
with fails():
    session.query(Author).join(Tag).all()
with fails():
    session.query(Author).join('nothing').all()
with fails():
    session.query(Person).join(acquaintances).all()
)python") {
    create(Library::metadata());
    session.query<Author>().count();
    fails([&] { session.query<Author>().join<Tag>().all(); });
    fails([&] { session.query<Author>().join("nothing").all(); });
    fails([&] { session.query<Person>().join(acquaintances).all(); });
}

}  // namespace differential
