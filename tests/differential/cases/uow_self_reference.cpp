// A table that refers to itself: rows in the order of add.
#include "differential/case.hpp"

namespace differential {

struct SelfReferenceNode {
    static constexpr auto table_name = "nodes";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("nodes.id")> parent_id;
};

DIFFERENTIAL_CASE(uow, self_reference, R"python(
Own = declarative_base()
class Node(Own):
    __tablename__ = 'nodes'
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey('nodes.id'))
create(Own.metadata)
session.add_all([Node(id=1), Node(id=2, parent_id=1), Node(id=3, parent_id=2)])
session.flush()
root = Node()
session.add(root)
session.flush()
leaf = Node(parent_id=root.id)
session.add(leaf)
session.flush()
leaf.parent_id = None
session.delete(root)
session.commit()
)python") {
    create(Registry<SelfReferenceNode>::metadata());
    session.add_all(SelfReferenceNode{.id = 1}, SelfReferenceNode{.id = 2, .parent_id = 1},
                    SelfReferenceNode{.id = 3, .parent_id = 2});
    session.flush();
    auto root = session.add(SelfReferenceNode{});
    session.flush();
    auto leaf = session.add(SelfReferenceNode{.parent_id = *root->id});
    session.flush();
    leaf->parent_id = std::nullopt;
    session.delete_(root);
    session.commit();
}

}  // namespace differential
