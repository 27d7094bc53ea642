// Many rows and long values: the parameters as the log shows them.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, long_parameters, R"python(
session.add_all([User(id=i, name='n%d' % i) for i in range(1, 31)])
session.flush()
session.add(User(id=99, name='x' * 1000))
session.flush()
session.query(User.id).filter(User.id.in_(list(range(40)))).all()
)python") {
    std::vector<Ptr<User>> many;
    for (int i = 1; i < 31; ++i) many.push_back(make(User{.id = i, .name = "n" + std::to_string(i)}));
    session.add_all(many);
    session.flush();
    session.add(User{.id = 99, .name = std::string(1000, 'x')});
    session.flush();
    std::vector<int> ids;
    for (int i = 0; i < 40; ++i) ids.push_back(i);
    session.query(col<&User::id>).filter(col<&User::id>.in_(ids)).all();
}

}  // namespace differential
