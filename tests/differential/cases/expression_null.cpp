// Comparisons with NULL become IS and IS NOT.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, null, R"python(
q = session.query(User.id)
q.filter(User.age == None).all()
q.filter(User.age != None).all()
q.filter(User.age.is_(None), User.fullname.is_not(None)).all()
q.filter(User.age == null()).all()
q.filter(~(User.age == None)).all()
q.filter(~User.age.is_not(None)).all()
)python") {
    auto q = session.query(col<&User::id>);
    q.filter(col<&User::age> == std::nullopt).all();
    q.filter(col<&User::age> != nullptr).all();
    q.filter(col<&User::age>.is_(std::nullopt), col<&User::fullname>.is_not(nullptr)).all();
    q.filter(col<&User::age> == null()).all();
    q.filter(!(col<&User::age> == std::nullopt)).all();
    q.filter(!col<&User::age>.is_not(std::nullopt)).all();
}

}  // namespace differential
