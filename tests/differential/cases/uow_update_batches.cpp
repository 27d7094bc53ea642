// UPDATEs of equal shape that follow each other by key are one executemany.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(uow, update_batches, R"python(
us = [User(id=i, name='n%d' % i, age=i) for i in range(1, 7)]
session.add_all(us)
session.flush()
us[5].name = 'six'
us[0].name = 'one'
us[1].name = 'two'
session.flush()
us[0].name = '1'
us[1].age = 20
us[2].age = 30
us[3].name = '4'
us[4].name, us[4].age = '5', 50
us[5].age, us[5].name = 60, '6'
session.flush()
)python") {
    std::vector<Ptr<User>> us;
    for (int i = 1; i < 7; ++i) us.push_back(make(User{.id = i, .name = "n" + std::to_string(i), .age = i}));
    session.add_all(us);
    session.flush();
    us[5]->name = "six";
    us[0]->name = "one";
    us[1]->name = "two";
    session.flush();
    us[0]->name = "1";
    us[1]->age = 20;
    us[2]->age = 30;
    us[3]->name = "4";
    us[4]->name = "5";
    us[4]->age = 50;
    us[5]->age = 60;
    us[5]->name = "6";
    session.flush();
}

}  // namespace differential
