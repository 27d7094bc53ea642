// IN and NOT IN with an empty list.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, in_empty, R"python(
q = session.query(User.id)
q.filter(User.id.in_([])).all()
q.filter(User.id.not_in([])).all()
q.filter(~User.id.in_([])).all()
q.filter(or_(User.name.in_([]), User.age == 1)).all()
)python") {
    auto q = session.query(col<&User::id>);
    q.filter(col<&User::id>.in_(std::vector<int>{})).all();
    q.filter(col<&User::id>.not_in(std::vector<int>{})).all();
    q.filter(!col<&User::id>.in_(std::vector<int>{})).all();
    q.filter(or_(col<&User::name>.in_(std::vector<std::string>{}), col<&User::age> == 1)).all();
}

}  // namespace differential
