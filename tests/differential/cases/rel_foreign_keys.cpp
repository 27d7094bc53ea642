// Two foreign keys to one class, told apart by foreign_keys.
#include "differential/case.hpp"

namespace differential {

namespace rel_foreign_keys_models {

struct Place {
    static constexpr auto table_name = "places";
    Mapped<int, primary_key> id;
};
struct Customer {
    static constexpr auto table_name = "customers";
    Mapped<int, primary_key> id;
    Mapped<std::optional<int>, ForeignKey("places.id")> billing_id;
    Mapped<std::optional<int>, ForeignKey("places.id")> shipping_id;
    One<Place, foreign_keys("billing_id")> billing;
    One<Place, foreign_keys("shipping_id")> shipping;
};
using Local = Registry<Place, Customer>;

}  // namespace rel_foreign_keys_models

DIFFERENTIAL_CASE(rel, foreign_keys, R"python(
Local = declarative_base()
class Place(Local):
    __tablename__ = 'places'
    id = Column(Integer, primary_key=True)
class Customer(Local):
    __tablename__ = 'customers'
    id = Column(Integer, primary_key=True)
    billing_id = Column(ForeignKey('places.id'))
    shipping_id = Column(ForeignKey('places.id'))
    billing = relationship('Place', foreign_keys=[billing_id])
    shipping = relationship('Place', foreign_keys=[shipping_id])
create(Local.metadata)
c = Customer(id=1, billing=Place(id=1), shipping=Place(id=2))
session.add(c)
session.commit()
show(c.billing_id)
show(c.shipping_id)
show(session.query(Customer).join(Customer.shipping).filter(Place.id == 2).count())
)python") {
    using namespace rel_foreign_keys_models;
    create(Local::metadata());
    auto c = make(Customer{.id = 1, .billing = make(Place{.id = 1}), .shipping = make(Place{.id = 2})});
    session.add(c);
    session.commit();
    show(c->billing_id);
    show(c->shipping_id);
    show(session.query<Customer>().join(rel<&Customer::shipping>).filter(col<&Place::id> == 2).count());
}

}  // namespace differential
