// A viewonly relationship with a condition of its own is never written.
#include "differential/case.hpp"

namespace differential {

namespace rel_viewonly_models {

struct Member;
struct Club {
    static constexpr auto table_name = "clubs";
    Mapped<int, primary_key> id;
    Many<Member, back_populates("club")> members;
    Many<Member, viewonly, order_by("id"), primaryjoin("clubs.id == members.club_id && members.age >= 18")> adults;
};
struct Member {
    static constexpr auto table_name = "members";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>> age;
    Mapped<std::optional<int>, ForeignKey("clubs.id")> club_id;
    One<Club, back_populates("members")> club;
};
using Local = Registry<Club, Member>;

}  // namespace rel_viewonly_models

DIFFERENTIAL_CASE(rel, viewonly, R"python(
Local = declarative_base()
class Club(Local):
    __tablename__ = 'clubs'
    id = Column(Integer, primary_key=True)
    members = relationship('Member', back_populates='club')
    adults = relationship('Member', viewonly=True, order_by='Member.id',
                          primaryjoin="and_(Club.id == Member.club_id, Member.age >= 18)")
class Member(Local):
    __tablename__ = 'members'
    id = Column(Integer, primary_key=True)
    age = Column(Integer)
    club_id = Column(ForeignKey('clubs.id'))
    club = relationship('Club', back_populates='members')
create(Local.metadata)
c = Club(id=1, members=[Member(id=1, age=17), Member(id=2, age=18)])
session.add(c)
session.commit()
show([m.id for m in c.adults])
c.adults.append(Member(id=3, age=30))
session.commit()
show(session.query(Member).count())
show(session.query(Club).filter(Club.adults.any(Member.id == 2)).count())
)python") {
    using namespace rel_viewonly_models;
    create(Local::metadata());
    auto c = make(Club{.id = 1, .members = {Member{.id = 1, .age = 17}, Member{.id = 2, .age = 18}}});
    session.add(c);
    session.commit();
    std::vector<int> ids;
    for (auto& member : c->adults) ids.push_back(*member->id);
    show(ids);
    c->adults.append(Member{.id = 3, .age = 30});
    session.commit();
    show(session.query<Member>().count());
    show(session.query<Club>().filter(rel<&Club::adults>.any(col<&Member::id> == 2)).count());
}

}  // namespace differential
