// post_update: rows that refer to each other, written with an UPDATE of its own.
#include "differential/case.hpp"
#include "differential/library.hpp"

namespace differential {

namespace rel_post_update_models {

struct Entry;
struct Widget {
    static constexpr auto table_name = "widgets";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("entries.id", name("fk_favourite"))> favourite_id;
    Many<Entry, primaryjoin("widgets.id == entries.widget_id")> entries;
    One<Entry, primaryjoin("widgets.favourite_id == entries.id"), post_update> favourite;
};
struct Entry {
    static constexpr auto table_name = "entries";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("widgets.id", name("fk_widget"))> widget_id;
};
using Local = Registry<Widget, Entry>;

}  // namespace rel_post_update_models

DIFFERENTIAL_CASE(rel, post_update, R"python(
Local = declarative_base()
class Widget(Local):
    __tablename__ = 'widgets'
    id = Column(Integer, primary_key=True)
    favourite_id = Column(ForeignKey('entries.id', name='fk_favourite'))
    entries = relationship('Entry', primaryjoin='Widget.id == Entry.widget_id')
    favourite = relationship('Entry', primaryjoin='Widget.favourite_id == Entry.id', post_update=True)
class Entry(Local):
    __tablename__ = 'entries'
    id = Column(Integer, primary_key=True)
    widget_id = Column(ForeignKey('widgets.id', name='fk_widget'))
create(Local.metadata)
e = Entry()
w = Widget(entries=[e], favourite=e)
session.add(w)
session.commit()
show(w.favourite is e)
show(len(w.entries))
session.delete(e)
session.delete(w)
session.commit()
show(session.query(Widget).count())
show(session.query(Entry).count())
)python") {
    using namespace rel_post_update_models;
    create(Local::metadata());
    auto e = make(Entry{});
    auto w = make(Widget{.entries = {e}, .favourite = e});
    session.add(w);
    session.commit();
    show(w->favourite == e);
    show(count_of(w->entries));
    session.delete_(e);
    session.delete_(w);
    session.commit();
    show(session.query<Widget>().count());
    show(session.query<Entry>().count());
}

}  // namespace differential
