// contains_eager from an alias.
#include "differential/library.hpp"

namespace differential {

DIFFERENTIAL_CASE(load, contains_eager_alias, R"python(
create(Library.metadata)
session.add(Author(name='a', books=[Book(title='x'), Book(title='y')]))
session.commit()
session.add(Node(name='root', children=[Node(name='leaf')]))
session.commit()
session.expunge_all()
book = aliased(Book)
a = session.query(Author).outerjoin(book, Author.books).options(contains_eager(Author.books, alias=book)).order_by(book.id).one()
show([b.title for b in a.books])
session.expunge_all()
child = aliased(Node)
n = session.query(Node).join(child, Node.children).options(contains_eager(Node.children, alias=child)).one()
show([c.name for c in n.children])
)python") {
    create(Library::metadata());
    session.add(Author{.name = "a", .books = {Book{.title = "x"}, Book{.title = "y"}}});
    session.commit();
    session.add(Node{.name = "root", .children = {Node{.name = "leaf"}}});
    session.commit();
    session.expunge_all();
    auto book = aliased<Book>();
    auto a = session.query<Author>()
                 .outerjoin(book, rel<&Author::books>)
                 .options(contains_eager(rel<&Author::books>, book))
                 .order_by(book[&Book::id])
                 .one();
    show(each<&Book::title>(a->books));
    session.expunge_all();
    auto child = aliased<Node>();
    auto n = session.query<Node>()
                 .join(child, rel<&Node::children>)
                 .options(contains_eager(rel<&Node::children>, child))
                 .one();
    show(each<&Node::name>(n->children));
}

}  // namespace differential
