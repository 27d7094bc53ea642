// Defaults that are SQL, on INSERT and on UPDATE.
#include "differential/case.hpp"

namespace differential {

struct ExpressionDefaultsDoc {
    static constexpr auto table_name = "docs";

    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, insert_default(raw_sql("1 + 1"))> made;
    Mapped<std::optional<std::string>, String(20)> title;
    Mapped<std::optional<int>, server_default("0"), onupdate(raw_sql("changes + 1"))> changes;
    Mapped<std::optional<std::string>, String(10), onupdate("edited")> kind;
};

DIFFERENTIAL_CASE(uow, expression_defaults, R"python(
Own = declarative_base()
class Doc(Own):
    __tablename__ = 'docs'
    id = Column(Integer, primary_key=True)
    made = Column(Integer, default=text('1 + 1'))
    title = Column(String(20))
    changes = Column(Integer, server_default='0', onupdate=text('changes + 1'))
    kind = Column(String(10), onupdate='edited')
create(Own.metadata)
d = Doc(title='a')
session.add(d)
session.commit()
show(d.made, d.changes, d.kind)
d.title = 'b'
session.flush()
show(d.changes, d.kind, d.title)
)python") {
    create(Registry<ExpressionDefaultsDoc>::metadata());
    auto d = session.add(ExpressionDefaultsDoc{.title = "a"});
    session.commit();
    show(d->made, d->changes, d->kind);
    d->title = "b";
    session.flush();
    show(d->changes, d->kind, d->title);
}

}  // namespace differential
