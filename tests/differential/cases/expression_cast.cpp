// CAST to several types, in columns and in criteria.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(expression, cast, R"python(
session.query(cast(User.age, String), cast(User.name, Integer), cast(User.age, Float)).all()
session.query(cast(User.age, String(10)), cast(User.age, Numeric(10, 2))).all()
session.query(User.id).filter(cast(User.age, String) + 'x' == '1x').all()
session.query(cast(User.age + 1, BigInteger)).all()
session.query(cast('5', Integer)).all()
)python") {
    session
        .query(cast<std::string>(col<&User::age>, String), cast<int>(col<&User::name>, Integer),
               cast<double>(col<&User::age>, Float))
        .all();
    session.query(cast<std::string>(col<&User::age>, String(10)), cast<double>(col<&User::age>, Numeric(10, 2))).all();
    session.query(col<&User::id>).filter(cast<std::string>(col<&User::age>, String) + "x" == "1x").all();
    session.query(cast<std::int64_t>(col<&User::age> + 1, BigInteger)).all();
    session.query(cast<int>("5", Integer)).all();
}

}  // namespace differential
