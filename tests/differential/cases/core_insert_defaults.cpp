// INSERT takes the column's default where nothing is given; a server default is left out.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(core, insert_defaults, R"python(
execute(items.insert().values(title='a'))
execute(items.insert().values(title='b', quantity=5, status='old'))
execute(items.insert().values(title='c', quantity=func.length('abc')))
show(execute(select(items.c.title, items.c.quantity, items.c.status).order_by(items.c.id)).all())
)python") {
    execute(insert(items).values("title"_a = "a"));
    execute(insert(items).values("title"_a = "b", "quantity"_a = 5, "status"_a = "old"));
    execute(insert(items).values("title"_a = "c", "quantity"_a = func::length("abc")));
    show(execute(select(col<&Item::title>, col<&Item::quantity>, col<&Item::status>).order_by(col<&Item::id>)).all());
}

}  // namespace differential
