// A branch of a tree moves to another parent.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, tree_move, R"python(
create(Library.metadata)
root = Node(name='root', children=[Node(name='a', children=[Node(name='x')]), Node(name='b')])
session.add(root)
session.commit()
a, b = root.children
x = a.children[0]
x.parent = b
session.commit()
show([n.name for n in b.children])
show(len(a.children))
x.parent = None
session.commit()
show(x.parent_id)
)python") {
    create(Library::metadata());
    auto root = make(Node{.name = "root"});
    root->children = {make(Node{.name = "a", .children = {Node{.name = "x"}}}), make(Node{.name = "b"})};
    session.add(root);
    session.commit();
    auto a = root->children[0], b = root->children[1];
    auto x = a->children[0];
    x->parent = b;
    session.commit();
    show(each<&Node::name>(b->children));
    show(count_of(a->children));
    x->parent = nullptr;
    session.commit();
    show(x->parent_id);
}

}  // namespace differential
