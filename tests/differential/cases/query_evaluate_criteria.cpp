// What the evaluator can decide in memory: comparisons, IN, BETWEEN, AND, OR, NOT, NULL.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, evaluate_criteria, R"python(
us = [User(id=1, name='a', age=10), User(id=2, name='b', age=None), User(id=3, name='c', age=30)]
session.add_all(us)
session.commit()
def look():
    show([u.fullname for u in us])
look()
session.query(User).filter(or_(User.age == None, User.name == 'a')).update({User.fullname: '1'})
look()
session.query(User).filter(not_(User.age > 20)).update({User.fullname: '2'})
look()
session.query(User).filter(and_(User.id >= 2, User.name != 'b')).update({User.fullname: User.name + 'x'})
look()
session.query(User).filter(User.id.in_([1, 3]), User.age + 1 == 11).update({User.fullname: None})
look()
session.query(User).filter(User.age.is_not(None), User.id.not_in([3])).update({User.fullname: '5', User.age: User.id * 2})
look()
show([u.age for u in us])
)python") {
    std::vector us{make(User{.id = 1, .name = "a", .age = 10}), make(User{.id = 2, .name = "b", .age = std::nullopt}),
                   make(User{.id = 3, .name = "c", .age = 30})};
    session.add_all(us);
    session.commit();
    const auto look = [&] {
        std::vector<std::optional<std::string>> seen;
        for (auto& u : us) seen.push_back(u->fullname);
        show(seen);
    };
    const auto name = col<&User::fullname>;
    look();
    session.query<User>().filter(or_(col<&User::age> == std::nullopt, col<&User::name> == "a")).update(name = "1");
    look();
    session.query<User>().filter(not_(col<&User::age> > 20)).update(name = "2");
    look();
    session.query<User>()
        .filter(and_(col<&User::id> >= 2, col<&User::name> != "b"))
        .update(name = col<&User::name> + "x");
    look();
    session.query<User>().filter(col<&User::id>.in_({1, 3}), col<&User::age> + 1 == 11).update(name = std::nullopt);
    look();
    session.query<User>()
        .filter(col<&User::age>.is_not(std::nullopt), col<&User::id>.not_in({3}))
        .update(name = "5", col<&User::age> = col<&User::id> * 2);
    look();
    std::vector<std::optional<int>> ages;
    for (auto& u : us) ages.push_back(u->age);
    show(ages);
}

}  // namespace differential
