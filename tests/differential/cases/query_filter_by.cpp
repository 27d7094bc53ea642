// filter_by: several values, NULL, after filter.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, filter_by, R"python(
session.query(User).filter_by(name='ed').all()
session.query(User).filter_by(name='ed', age=None).all()
session.query(User).filter(User.age > 1).filter_by(active=True).all()
session.query(Address).filter_by(user_id=3).filter_by(email='x').all()
)python") {
    session.query<User>().filter_by("name"_a = "ed").all();
    session.query<User>().filter_by("name"_a = "ed", "age"_a = std::nullopt).all();
    session.query<User>().filter(col<&User::age> > 1).filter_by("active"_a = true).all();
    session.query<Address>().filter_by("user_id"_a = 3).filter_by("email"_a = "x").all();
}

}  // namespace differential
