// One-to-one of a class with itself.
#include "differential/case.hpp"

namespace differential {

namespace rel_self_one_to_one_models {

struct Stage {
    static constexpr auto table_name = "stages";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("stages.id")> next_id;
    One<Stage, remote_side("id"), back_populates("previous")> next;
    One<Stage, back_populates("next")> previous;
};
using Local = Registry<Stage>;

}  // namespace rel_self_one_to_one_models

DIFFERENTIAL_CASE(rel, self_one_to_one, R"python(
Local = declarative_base()
class Stage(Local):
    __tablename__ = 'stages'
    id = Column(Integer, primary_key=True)
    next_id = Column(ForeignKey('stages.id'))
    next = relationship('Stage', remote_side=[id], back_populates='previous')
    previous = relationship('Stage', back_populates='next', uselist=False)
create(Local.metadata)
first = Stage(id=1, next=Stage(id=2, next=Stage(id=3)))
session.add(first)
session.commit()
show(first.next.next.id)
show(first.next.next.previous.id)
show(first.previous is None)
first.next = None
session.commit()
show(session.query(Stage).filter(Stage.next == None).count())
)python") {
    using namespace rel_self_one_to_one_models;
    create(Local::metadata());
    auto second = make(Stage{.id = 2, .next = make(Stage{.id = 3})});
    auto first = make(Stage{.id = 1, .next = second});
    session.add(first);
    session.commit();
    show(first->next->next->id);
    show(first->next->next->previous->id);
    show(first->previous == nullptr);
    first->next = nullptr;
    session.commit();
    show(session.query<Stage>().filter(rel<&Stage::next> == nullptr).count());
}

}  // namespace differential
