// Joins with aliases, also of a class with itself.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(rel, join_alias, R"python(
create(Library.metadata)
one, two = aliased(Book), aliased(Book)
session.query(Author.name, one.title, two.title).join(one, Author.books).join(two, Author.books).filter(one.id < two.id).all()
session.query(Author).join(Author.books.of_type(one)).filter(one.title == 'x').all()
parent, child = aliased(Node), aliased(Node)
session.query(Node.name, parent.name).outerjoin(parent, Node.parent).all()
session.query(Node).join(child, Node.children).filter(child.name == 'x').all()
session.query(parent).join(parent.children).all()
session.query(Node).join(parent, Node.parent).join(child, parent.children).filter(child.id != Node.id).all()
)python") {
    create(Library::metadata());
    auto one = aliased<Book>(), two = aliased<Book>();
    session.query(col<&Author::name>, one[&Book::title], two[&Book::title])
        .join(one, rel<&Author::books>)
        .join(two, rel<&Author::books>)
        .filter(one[&Book::id] < two[&Book::id])
        .all();
    session.query<Author>().join(rel<&Author::books>.of_type(one)).filter(one[&Book::title] == "x").all();
    auto parent = aliased<Node>(), child = aliased<Node>();
    session.query(col<&Node::name>, parent[&Node::name]).outerjoin(parent, rel<&Node::parent>).all();
    session.query<Node>().join(child, rel<&Node::children>).filter(child[&Node::name] == "x").all();
    session.query(parent).join(parent[&Node::children]).all();
    session.query<Node>()
        .join(parent, rel<&Node::parent>)
        .join(child, parent[&Node::children])
        .filter(child[&Node::id] != col<&Node::id>)
        .all();
}

}  // namespace differential
