// A class that refers to itself, one-to-many and many-to-one: rows one by one, parents first; deletes children first.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, tree, R"python(
create(Library.metadata)
leaf = Node(name='leaf')
root = Node(name='root', children=[Node(name='left'), Node(name='right', children=[leaf])])
session.add(leaf)
session.add(root)
session.commit()
show(leaf.parent.name)
show(leaf.parent.parent.name)
show([n.name for n in root.children])
nodes = session.query(Node).order_by(Node.id).all()
show([len(node.children) for node in nodes])
for node in nodes:
    session.delete(node)
session.commit()
show(session.query(Node).count())
)python") {
    create(Library::metadata());
    auto leaf = make(Node{.name = "leaf"});
    auto root = make(Node{.name = "root"});
    auto right = make(Node{.name = "right", .children = {leaf}});
    root->children = {make(Node{.name = "left"}), right};
    session.add(leaf);
    session.add(root);
    session.commit();
    show(leaf->parent->name);
    show(leaf->parent->parent->name);
    show(each<&Node::name>(root->children));
    auto nodes = session.query<Node>().order_by(col<&Node::id>).all();
    std::vector<int> sizes;
    for (auto& node : nodes) sizes.push_back(count_of(node->children));
    show(sizes);
    for (auto& node : nodes) session.delete_(node);
    session.commit();
    show(session.query<Node>().count());
}

}  // namespace differential
