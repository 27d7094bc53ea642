// IN and NOT IN with values, with none, and with NULL among them.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, in_list, R"python(
q = session.query(User.id)
q.filter(User.name.in_(['ed', 'wendy'])).all()
q.filter(User.name.not_in(['ed', 'wendy'])).all()
q.filter(~User.name.in_(['ed'])).all()
q.filter(User.age.in_([1, None])).all()
q.filter(User.id.in_([1, 2]), User.age.in_([3])).all()
)python") {
    auto q = session.query(col<&User::id>);
    q.filter(col<&User::name>.in_({"ed", "wendy"})).all();
    q.filter(col<&User::name>.not_in({"ed", "wendy"})).all();
    q.filter(!col<&User::name>.in_({"ed"})).all();
    q.filter(col<&User::age>.in_({1, std::nullopt})).all();
    q.filter(col<&User::id>.in_(std::vector{1, 2}), col<&User::age>.in_(std::vector{3})).all();
}

}  // namespace differential
