// lazy("joined") of a class with itself, as deep as join_depth says.
#include "differential/case.hpp"

namespace differential {

namespace load_model_tree_models {

struct Leaf {
    static constexpr auto table_name = "leaves";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("leaves.id")> above_id;
    Many<Leaf, lazy("joined"), join_depth(2), order_by("id")> below;
};
using Local = Registry<Leaf>;

}  // namespace load_model_tree_models

DIFFERENTIAL_CASE(load, model_tree, R"python(
Local = declarative_base()
class Leaf(Local):
    __tablename__ = 'leaves'
    id = Column(Integer, primary_key=True)
    above_id = Column(ForeignKey('leaves.id'))
    below = relationship('Leaf', lazy='joined', join_depth=2, order_by='Leaf.id')
create(Local.metadata)
session.add(Leaf(id=1, below=[Leaf(id=2, below=[Leaf(id=3, below=[Leaf(id=4)])])]))
session.commit()
session.expunge_all()
top = session.query(Leaf).filter(Leaf.id == 1).one()
show(top.below[0].below[0].id)
show(top.below[0].below[0].below[0].id)
)python") {
    using namespace load_model_tree_models;
    create(Local::metadata());
    auto deepest = make(Leaf{.id = 3, .below = {Leaf{.id = 4}}});
    auto middle = make(Leaf{.id = 2, .below = {deepest}});
    session.add(Leaf{.id = 1, .below = {middle}});
    session.commit();
    deepest = nullptr;
    middle = nullptr;
    session.expunge_all();
    auto top = session.query<Leaf>().filter(col<&Leaf::id> == 1).one();
    show(top->below[0]->below[0]->id);
    show(top->below[0]->below[0]->below[0]->id);
}

}  // namespace differential
