// Versions that a function makes, and versions that the program or the database makes.
#include "differential/case.hpp"

namespace differential {

namespace uow_version_generator_models {

inline std::string next_tag(const std::optional<std::string>& before) { return before ? *before + "+" : "new"; }

inline int ten_more(const std::optional<int>& before) { return before.value_or(0) + 10; }

struct Tagged {
    static constexpr auto table_name = "tagged";
    Mapped<int, primary_key> id;
    Mapped<std::string, version_id, version_id_generator<next_tag>()> tag;
    Mapped<std::optional<int>> x;
};
struct Counted {
    static constexpr auto table_name = "counted";
    Mapped<int, primary_key> id;
    Mapped<int, version_id, version_id_generator<ten_more>()> tens;
    Mapped<std::optional<int>> x;
};
struct Manual {
    static constexpr auto table_name = "manual";
    Mapped<int, primary_key> id;
    Mapped<int, version_id, version_id_generator(false)> ver;
    Mapped<std::optional<int>> x;
};
struct Made {
    static constexpr auto table_name = "made";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> x;
    Mapped<int, version_id, version_id_generator(false), server_default("1"), onupdate(raw_sql("ver + 1"))> ver;
};
using Local = Registry<Tagged, Counted, Manual, Made>;

}  // namespace uow_version_generator_models

DIFFERENTIAL_CASE(uow, version_generator, R"python(
Local = declarative_base()
class Tagged(Local):
    __tablename__ = 'tagged'
    id = Column(Integer, primary_key=True)
    tag = Column(String, nullable=False)
    x = Column(Integer)
    __mapper_args__ = {'version_id_col': tag, 'version_id_generator': lambda before: before + '+' if before else 'new'}
class Counted(Local):
    __tablename__ = 'counted'
    id = Column(Integer, primary_key=True)
    tens = Column(Integer, nullable=False)
    x = Column(Integer)
    __mapper_args__ = {'version_id_col': tens, 'version_id_generator': lambda before: (before or 0) + 10}
class Manual(Local):
    __tablename__ = 'manual'
    id = Column(Integer, primary_key=True)
    ver = Column(Integer, nullable=False)
    x = Column(Integer)
    __mapper_args__ = {'version_id_col': ver, 'version_id_generator': False}
class Made(Local):
    __tablename__ = 'made'
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    ver = Column(Integer, nullable=False, server_default='1', onupdate=text('ver + 1'))
    __mapper_args__ = {'version_id_col': ver, 'version_id_generator': False}
create(Local.metadata)
t = Tagged(x=1)
c = Counted(x=1)
session.add(t)
session.flush()
session.add(c)
session.flush()
show(t.tag, c.tens)
t.x = 2
session.flush()
c.x = 2
session.flush()
show(t.tag, c.tens)
m = Manual(ver=5, x=1)
session.add(m)
session.flush()
m.ver, m.x = 6, 2
session.flush()
session.commit()
m.ver, m.x = 7, 3
session.commit()
show(m.ver)
d = Made(x=1)
session.add(d)
session.flush()
show(d.ver)
d.x = 2
session.flush()
show(d.ver)
session.commit()
d.x = 3
session.commit()
session.delete(d)
session.commit()
)python") {
    using namespace uow_version_generator_models;
    create(Local::metadata());
    auto t = make(Tagged{.x = 1});
    auto c = make(Counted{.x = 1});
    session.add(t);
    session.flush();
    session.add(c);
    session.flush();
    show(t->tag, c->tens);
    t->x = 2;
    session.flush();
    c->x = 2;
    session.flush();
    show(t->tag, c->tens);
    auto m = session.add(Manual{.ver = 5, .x = 1});
    session.flush();
    m->ver = 6;
    m->x = 2;
    session.flush();
    session.commit();
    m->ver = 7;
    m->x = 3;
    session.commit();
    show(m->ver);
    auto d = session.add(Made{.x = 1});
    session.flush();
    show(d->ver);
    d->x = 2;
    session.flush();
    show(d->ver);
    session.commit();
    d->x = 3;
    session.commit();
    session.delete_(d);
    session.commit();
}

}  // namespace differential
