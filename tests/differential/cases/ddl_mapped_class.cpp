// A mapped class: options on attributes, arguments of the table, another name of a column.
#include "differential/case.hpp"

namespace differential {

struct MappedClassAuthor {
    static constexpr auto table_name = "authors";
    static auto table_args() {
        return TableArgs{UniqueConstraint("first", "last", name("uq_name")), CheckConstraint("born > 1000"),
                         Index("ix_last_born", "last", "born")};
    }

    Mapped<int, primary_key> id;
    Mapped<std::string, String(20)> first;
    Mapped<std::string, String(20)> last;
    Mapped<std::optional<int>> born;
    Mapped<std::optional<std::string>, String(50), name("e_mail"), unique> mail;
    Mapped<std::optional<int>, ForeignKey("authors.id", ondelete("SET NULL"))> boss_id;
};

DIFFERENTIAL_CASE(ddl, mapped_class, R"python(
Own = declarative_base()
class Author(Own):
    __tablename__ = 'authors'
    __table_args__ = (UniqueConstraint('first', 'last', name='uq_name'), CheckConstraint('born > 1000'),
                      Index('ix_last_born', 'last', 'born'))
    id = Column(Integer, primary_key=True)
    first = Column(String(20), nullable=False)
    last = Column(String(20), nullable=False)
    born = Column('born', Integer)
    mail = Column('e_mail', String(50), unique=True)
    boss_id = Column(Integer, ForeignKey('authors.id', ondelete='SET NULL'))
Own.metadata.create_all(engine)
s = Session(engine)
s.query(Author).filter(Author.mail == 'x').all()
s.close()
)python") {
    differs(
        "SQLAlchemy's mapper reads columns with another name than their attribute first; aludel reads them in their "
        "order",
        "SELECT authors.e_mail AS authors_e_mail, authors.id AS authors_id, authors.first AS authors_first, "
        "authors.last AS "
        "authors_last, authors.born AS authors_born, authors.boss_id AS authors_boss_id FROM authors WHERE "
        "authors.e_mail = ?",
        "SELECT authors.id AS authors_id, authors.first AS authors_first, authors.last AS authors_last, authors.born "
        "AS "
        "authors_born, authors.e_mail AS authors_e_mail, authors.boss_id AS authors_boss_id FROM authors WHERE "
        "authors.e_mail = ?");
    Registry<MappedClassAuthor>::metadata().create_all(engine);
    Session s{engine};
    s.query<MappedClassAuthor>().filter(col<&MappedClassAuthor::mail> == "x").all();
    s.close();
}

}  // namespace differential
