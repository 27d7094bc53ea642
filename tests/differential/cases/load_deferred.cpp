// Columns that the model defers, alone and in a group, and options that load them.
#include "differential/case.hpp"

namespace differential {

namespace load_deferred_models {

struct Page {
    static constexpr auto table_name = "pages";
    Mapped<int, primary_key> id;
    Mapped<std::optional<std::string>> title;
    Mapped<std::optional<std::string>, Text, deferred> body;
    Mapped<std::optional<int>, deferred_group("notes")> left;
    Mapped<std::optional<int>, deferred_group("notes")> right;
};
using Local = Registry<Page>;

}  // namespace load_deferred_models

DIFFERENTIAL_CASE(load, deferred, R"python(
Local = declarative_base()
class Page(Local):
    __tablename__ = 'pages'
    id = Column(Integer, primary_key=True)
    title = Column(String)
    body = deferred(Column(Text))
    left = deferred(Column(Integer), group='notes')
    right = deferred(Column(Integer), group='notes')
create(Local.metadata)
session.add(Page(id=1, title='t', body='b', left=1, right=2))
session.commit()
session.expunge_all()
p = session.query(Page).one()
show(p.title)
show(p.body)
show(p.left)
show(p.right)
session.expunge_all()
session.query(Page).options(undefer(Page.body)).all()
session.expunge_all()
session.query(Page).options(undefer_group('notes')).all()
)python") {
    using namespace load_deferred_models;
    create(Local::metadata());
    session.add(Page{.id = 1, .title = "t", .body = "b", .left = 1, .right = 2});
    session.commit();
    session.expunge_all();
    auto p = session.query<Page>().one();
    show(p->title);
    show(p->body);
    show(p->left);
    show(p->right);
    session.expunge_all();
    session.query<Page>().options(undefer(col<&Page::body>)).all();
    session.expunge_all();
    session.query<Page>().options(undefer_group("notes")).all();
}

}  // namespace differential
