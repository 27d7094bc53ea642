// FROM elements that nothing joins are a warning, once per statement.
#include "differential/case.hpp"

namespace differential {

DIFFERENTIAL_CASE(query, cartesian, R"python(
session.query(User).count()
for i in range(2):
    session.query(User, Address).all()
session.query(User.name, Address.email, Item.title).filter(User.id == Address.user_id).all()
session.query(User, Address).filter(User.id == Address.user_id).all()
session.query(User, Address).filter(User.id < Address.user_id).all()
session.query(User, Address).filter(or_(User.id == Address.user_id, User.name == 'x')).all()
session.query(User, Address).filter(User.name.like(Address.email)).all()
session.query(User, Address).filter(User.id == 1, Address.id == 2).all()
session.query(User, Address).join(Address, User.id == Address.user_id).all()
session.query(User, Address).join(Address, User.id == 5).all()
session.query(User, Item).join(Address, User.id == Address.user_id).all()
other = aliased(User)
session.query(User, other).all()
session.query(User, other).filter(User.id == other.id).all()
session.query(User).filter(Address.email == 'x').all()
session.query(User).filter(select(Address.id).where(Address.user_id == User.id).exists()).all()
session.query(User).filter(select(Address.id).where(Item.id == 1).exists()).all()
session.query(User).filter(select(Address.id).where(Address.user_id == User.id, Item.id == User.id).exists()).all()
inner = session.query(User.id, Item.id.label('item')).subquery()
session.query(inner).all()
session.query(User.id + Address.id).filter(User.id + Address.id == 5).all()
session.query(func.count()).select_from(User).scalar()
)python") {
    session.query<User>().count();
    const auto user_id = col<&User::id>, address_id = col<&Address::id>, item_id = col<&Item::id>;
    const auto of_user = col<&Address::user_id>;
    for (int i = 0; i < 2; ++i) session.query<User, Address>().all();
    session.query(col<&User::name>, col<&Address::email>, col<&Item::title>).filter(user_id == of_user).all();
    session.query<User, Address>().filter(user_id == of_user).all();
    session.query<User, Address>().filter(user_id < of_user).all();
    session.query<User, Address>().filter(or_(user_id == of_user, col<&User::name> == "x")).all();
    session.query<User, Address>().filter(col<&User::name>.like(col<&Address::email>)).all();
    session.query<User, Address>().filter(user_id == 1, address_id == 2).all();
    session.query<User, Address>().join<Address>(user_id == of_user).all();
    session.query<User, Address>().join<Address>(user_id == 5).all();
    session.query<User, Item>().join<Address>(user_id == of_user).all();
    const auto other = aliased<User>();
    session.query(entity<User>, other).all();
    session.query(entity<User>, other).filter(user_id == other[&User::id]).all();
    session.query<User>().filter(col<&Address::email> == "x").all();
    session.query<User>().filter(select(address_id).where(of_user == user_id).exists()).all();
    session.query<User>().filter(select(address_id).where(item_id == 1).exists()).all();
    session.query<User>().filter(select(address_id).where(of_user == user_id, item_id == user_id).exists()).all();
    const auto inner = session.query(user_id, item_id.label("item")).subquery();
    session.query(inner.c<int>("id"), inner.c<int>("item")).all();
    session.query(user_id + address_id).filter(user_id + address_id == 5).all();
    session.query(func::count()).select_from(entity<User>).scalar();
}

}  // namespace differential
