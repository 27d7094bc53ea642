// limit(), offset(), slice() and first() after them.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, slice, R"python(
q = session.query(User.id).order_by(User.id)
q.limit(2).all()
q.offset(1).all()
q.limit(2).offset(1).all()
q.slice(1, 3).all()
q[2:5]
q.limit(5).first()
q.offset(2).first()
q.slice(2, 4).first()
with fails():
    q.limit(1).filter(User.age == 1).all()
with fails():
    q.limit(1).order_by(User.age).all()
)python") {
    auto q = session.query(col<&User::id>).order_by(col<&User::id>);
    q.limit(2).all();
    q.offset(1).all();
    q.limit(2).offset(1).all();
    q.slice(1, 3).all();
    q.slice(2, 5).all();
    q.limit(5).first();
    q.offset(2).first();
    q.slice(2, 4).first();
    fails([&] { q.limit(1).filter(col<&User::age> == 1).all(); });
    fails([&] { q.limit(1).order_by(col<&User::age>).all(); });
}

}  // namespace differential
