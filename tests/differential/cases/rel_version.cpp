// Version counters and relationships: what changes a row counts, what changes a collection alone does not.
#include "differential/case.hpp"

namespace differential {

namespace rel_version_models {

struct Entry;
struct Label;
struct Widget {
    static constexpr auto table_name = "widgets";
    Mapped<int, primary_key> id;
    Mapped<int, version_id> ver;
    Mapped<std::optional<int>, ForeignKey("entries.id")> favourite_id;
    Many<Entry, foreign_keys("Entry.widget_id"), back_populates("widget"), order_by("id")> entries;
    One<Entry, foreign_keys("favourite_id"), post_update> favourite;
    Many<Label, secondary("widget_labels"), back_populates("widgets"), order_by("id")> labels;
};
struct Entry {
    static constexpr auto table_name = "entries";
    Mapped<int, primary_key> id;
    Mapped<int, version_id> ver;
    Mapped<std::optional<int>, ForeignKey("widgets.id")> widget_id;
    One<Widget, foreign_keys("widget_id"), back_populates("entries")> widget;
};
struct Label {
    static constexpr auto table_name = "labels";
    Mapped<int, primary_key> id;
    Mapped<int, version_id> ver;
    Many<Widget, secondary("widget_labels"), back_populates("labels"), order_by("id")> widgets;
};
using Local = Registry<Widget, Entry, Label>;
const Table widget_labels{"widget_labels", Local::metadata(),
                          Column{"widget_id", ForeignKey("widgets.id"), primary_key},
                          Column{"label_id", ForeignKey("labels.id"), primary_key}};

}  // namespace rel_version_models

DIFFERENTIAL_CASE(rel, version, R"python(
Local = declarative_base()
widget_labels = Table('widget_labels', Local.metadata, Column('widget_id', ForeignKey('widgets.id'), primary_key=True),
                      Column('label_id', ForeignKey('labels.id'), primary_key=True))
class Widget(Local):
    __tablename__ = 'widgets'
    id = Column(Integer, primary_key=True)
    ver = Column(Integer, nullable=False)
    favourite_id = Column(ForeignKey('entries.id'))
    __mapper_args__ = {'version_id_col': ver}
    entries = relationship('Entry', foreign_keys='Entry.widget_id', back_populates='widget', order_by='Entry.id')
    favourite = relationship('Entry', foreign_keys=favourite_id, post_update=True)
    labels = relationship('Label', secondary=widget_labels, back_populates='widgets', order_by='Label.id')
class Entry(Local):
    __tablename__ = 'entries'
    id = Column(Integer, primary_key=True)
    ver = Column(Integer, nullable=False)
    widget_id = Column(ForeignKey('widgets.id'))
    __mapper_args__ = {'version_id_col': ver}
    widget = relationship('Widget', foreign_keys=widget_id, back_populates='entries')
class Label(Local):
    __tablename__ = 'labels'
    id = Column(Integer, primary_key=True)
    ver = Column(Integer, nullable=False)
    __mapper_args__ = {'version_id_col': ver}
    widgets = relationship('Widget', secondary=widget_labels, back_populates='labels', order_by='Widget.id')
create(Local.metadata)
w = Widget(id=1)
e = Entry(id=1)
w.entries.append(e)
w.favourite = e
session.add(w)
session.flush()
show(w.ver, e.ver)
f = Entry(id=2)
w.entries.append(f)
session.flush()
show(w.ver, f.ver)
w.favourite = f
session.flush()
show(w.ver, f.ver)
w.labels.append(Label(id=1))
session.flush()
show(w.ver, w.labels[0].ver)
w.entries.remove(f)
session.flush()
show(w.ver, f.ver)
f.widget = w
session.flush()
show(w.ver, f.ver)
session.commit()
w.entries.append(Entry(id=3))
session.commit()
show(w.ver, e.ver)
)python") {
    using namespace rel_version_models;
    create(Local::metadata());
    auto w = make(Widget{.id = 1});
    auto e = make(Entry{.id = 1});
    w->entries.append(e);
    w->favourite = e;
    session.add(w);
    session.flush();
    show(w->ver, e->ver);
    auto f = make(Entry{.id = 2});
    w->entries.append(f);
    session.flush();
    show(w->ver, f->ver);
    w->favourite = f;
    session.flush();
    show(w->ver, f->ver);
    w->labels.append(Label{.id = 1});
    session.flush();
    show(w->ver, w->labels[0]->ver);
    w->entries.remove(f);
    session.flush();
    show(w->ver, f->ver);
    f->widget = w;
    session.flush();
    show(w->ver, f->ver);
    session.commit();
    w->entries.append(Entry{.id = 3});
    session.commit();
    show(w->ver, e->ver);
}

}  // namespace differential
