// A column with a server default splits the run; a column default does not.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, insert_default_shapes, R"python(
session.add_all([Item(id=1, title='a'), Item(id=2, title='b', quantity=4), Item(id=3, title='c', status='old'),
                 Item(id=4, title='d', status='gone'), Item(id=5, title='e')])
session.flush()
)python") {
    session.add_all(Item{.id = 1, .title = "a"}, Item{.id = 2, .title = "b", .quantity = 4},
                    Item{.id = 3, .title = "c", .status = "old"}, Item{.id = 4, .title = "d", .status = "gone"},
                    Item{.id = 5, .title = "e"});
    session.flush();
}

}  // namespace differential
