// Two rows of one class that refer to each other have no order.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, self_cycle, R"python(
create(Library.metadata)
a, b = Node(name='a'), Node(name='b')
a.parent = b
b.parent = a
session.add_all([a, b])
with fails():
    session.flush()
session.rollback()
show(session.query(Node).count())
)python") {
    create(Library::metadata());
    auto a = make(Node{.name = "a"}), b = make(Node{.name = "b"});
    a->parent = b;
    b->parent = a;
    session.add_all(a, b);
    fails([&] { session.flush(); });
    session.rollback();
    show(session.query<Node>().count());
}

}  // namespace differential
