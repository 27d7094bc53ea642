// Query.update() whose criteria and values hold subqueries.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, update_key_subquery, R"python(
session.add_all([User(id=1, name='a', age=1), Address(id=1, email='e', user_id=1)])
session.commit()
wanted = select(Address.user_id).where(Address.email == 'e')
session.query(User).filter(User.id.in_(wanted)).update({User.age: 5}, synchronize_session=False)
session.query(User).filter(exists().where(Address.user_id == User.id)).update({User.age: User.age + 1}, synchronize_session=False)
session.query(User).update({User.age: select(func.max(Address.id)).scalar_subquery()}, synchronize_session=False)
session.query(User).filter(User.id.in_(wanted)).update({User.age: 6}, synchronize_session='fetch')
with fails():
    session.query(User).filter(User.id.in_(wanted)).update({User.age: 7})
session.query(Address).filter(Address.user_id.in_(select(User.id).where(User.age > 3))).delete(synchronize_session=False)
show(session.query(User.age).scalar())
show(session.query(Address).count())
)python") {
    session.add_all(User{.id = 1, .name = "a", .age = 1}, Address{.id = 1, .email = "e", .user_id = 1});
    session.commit();
    auto wanted = select(col<&Address::user_id>).where(col<&Address::email> == "e");
    const auto silent = session.query<User>().synchronize_session(SynchronizeSession::none);
    const auto age = col<&User::age>;
    silent.filter(col<&User::id>.in_(wanted)).update(age = 5);
    silent.filter(exists().where(col<&Address::user_id> == col<&User::id>)).update(age = age + 1);
    silent.update(age = select(func::max(col<&Address::id>)).scalar_subquery());
    session.query<User>()
        .filter(col<&User::id>.in_(wanted))
        .synchronize_session(SynchronizeSession::fetch)
        .update(age = 6);
    fails([&] { session.query<User>().filter(col<&User::id>.in_(wanted)).update(age = 7); });
    session.query<Address>()
        .filter(col<&Address::user_id>.in_(select(col<&User::id>).where(col<&User::age> > 3)))
        .synchronize_session(SynchronizeSession::none)
        .delete_();
    show(session.query(age).scalar());
    show(session.query<Address>().count());
}

}  // namespace differential
